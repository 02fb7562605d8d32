// What the entries of a journal amount to, kept up to date as they come: spans, marks, turns, calls, words, tokens and counts.
import { Calls } from './calls.js';
import { Playout } from './playout.js';
import { Loudness, Series, steady, Track } from './series.js';
import { formatOf, loudnessOf, samplesOf } from './sound.js';
import { tokensOf } from './prices.js';
import { familyOf, FAMILIES, isError, text } from './wire.js';
import { Words } from './words.js';

const WINDOW_SECONDS = 0.02;

export class Digest {
  end = 0;
  /** Whether the page saw the conversation itself, so that nothing of what it saw has to be guessed from the messages. */
  observed = false;
  /** By family: when, and the numbers of the entries. */
  ticks = Object.fromEntries(Object.keys(FAMILIES).map(family => [family, new Series()]));
  /** `{ id, at, end (null while it runs), status, reason, seq }`, by time. */
  responses = [];
  /** `{ at, end, ms, typed, itemId, guessed, seq }`, by time. */
  turns = [];
  /** `{ at, kind: 'interrupted' | 'truncated' | 'error', text, seq }`, by time. */
  marks = [];
  /** `{ at, id, model, status, usage, tokens }` of each response, and of each transcription with `transcription: true`. */
  usages = [];
  bytes = { sent: 0, received: 0 };
  audioMs = { sent: 0, received: 0 };
  model = null;
  user = new Loudness();
  /** All that was said to the model, and where in it each item of the user lies: `{ from, to }`. */
  input = new Track();
  spoken = new Map();
  /** By item, of which response it is: `{ response_id, output_index }`. */
  places = new Map();
  calls = new Calls();
  words = new Words();
  playout;

  #journal;
  #formats = { sent: null, received: null };
  #running = new Map();
  #asked = null;
  #committed = 0;
  #heardUntil = -Infinity;

  constructor(journal) {
    this.#journal = journal;
    this.playout = new Playout(journal);
  }

  format(direction) {
    return this.#formats[direction];
  }

  take(entry) {
    this.end = Math.max(this.end, entry.at);
    this.ticks[familyOf(entry)].push(entry.at, entry.seq);
    if (isError(entry) && !entry.data?.told) {
      this.#mark(entry, 'error', entry.event?.error?.message ?? entry.data?.message ?? entry.type);
    }
    if (entry.kind === 'event') {
      this.bytes[entry.direction] += entry.size;
      this.#message(entry);
    } else if (entry.data) {
      this.#observation(entry);
    }
  }

  #mark(entry, kind, says) {
    this.marks.push({ at: entry.at, kind, text: text(says), seq: entry.seq });
  }

  #message(entry) {
    const { event, type, at } = entry;
    if (entry.audioBytes) {
      this.#audio(entry);
      return;
    }
    if (event.session) {
      this.#session(event.session);
    }
    this.calls.take(entry);
    this.words.take(entry);
    this.#speech(event, type);
    if (type === 'response.output_item.added' && event.item) {
      this.places.set(event.item.id, { response_id: event.response_id, output_index: event.output_index });
    }
    if (type === 'response.created') {
      this.#begun(entry);
    } else if (type === 'response.done') {
      this.#done(entry);
    } else if (type === 'conversation.item.input_audio_transcription.completed' && event.usage) {
      this.usages.push({ at, id: event.item_id, transcription: true, model: null, status: '', usage: event.usage, tokens: tokensOf(event.usage), seq: entry.seq });
    } else if (type === 'conversation.item.truncate') {
      const ms = Number.isFinite(event.audio_end_ms) ? event.audio_end_ms : 0;
      const sounding = this.playout.cut(at, event.item_id, ms);
      if (sounding && !this.observed) {
        this.#mark(entry, 'interrupted', 'The answer was interrupted');
      }
      this.#mark(entry, 'truncated', `Truncated at ${Math.round(ms)} ms of the answer`);
    } else if (!this.observed) {
      this.#guess(entry);
    }
  }

  #session(session) {
    this.model = typeof session.model === 'string' ? session.model : this.model;
    this.#formatted(session.audio?.input?.format ?? session.input_audio_format, session.audio?.output?.format ?? session.output_audio_format);
  }

  #formatted(input, output) {
    this.#formats = { sent: formatOf(input) ?? this.#formats.sent, received: formatOf(output) ?? this.#formats.received };
  }

  #audio(entry) {
    this.audioMs[entry.direction] += entry.audioMs;
    if (entry.direction === 'received') {
      this.playout.received(entry, this.observed);
      if (!this.observed) {
        this.#answered(entry);
      }
      this.end = Math.max(this.end, this.observed ? 0 : this.playout.until);
    } else {
      this.input.add(entry.seq, entry.audioMs);
      if (!this.#journal.live) {
        this.#heardUser(entry);
      }
    }
  }

  /**
   * Of a file, what the microphone gave is known only from the messages: it lies before each of them, at its own pace where they
   * were held up on their way.
   */
  #heardUser(entry) {
    const at = steady(this.#heardUntil, entry.at - entry.audioMs);
    this.#heardUntil = at + entry.audioMs;
    const samples = entry.audio && samplesOf(entry.audio, entry.format);
    if (!samples?.length) {
      return;
    }
    const window = Math.max(1, Math.min(samples.length, Math.round(samples.length / entry.audioMs * 1000 * WINDOW_SECONDS)));
    for (let from = 0; from < samples.length; from += window) {
      const to = Math.min(samples.length, from + window);
      this.user.add(at + entry.audioMs * from / samples.length, entry.audioMs * (to - from) / samples.length, loudnessOf(samples, from, to));
    }
  }

  /** Sound as it was captured, or as it left the loudspeaker. */
  sounded(direction, at, samples, sampleRate) {
    const ms = samples.length / sampleRate * 1000;
    const lane = direction === 'input' ? this.user : this.playout.loudness;
    lane.add(at, ms, loudnessOf(samples));
    this.end = Math.max(this.end, at + ms);
  }

  playedUntil(at, itemId, ms) {
    this.playout.runs(at, itemId, ms);
    this.end = Math.max(this.end, at);
  }

  heardOf(itemId) {
    return this.words.heardOf(itemId);
  }

  #begun({ event, at, seq }) {
    const response = { id: event.response?.id, at, end: null, status: 'in_progress', reason: null, seq };
    this.responses.push(response);
    this.#running.set(response.id, response);
  }

  #done(entry) {
    const { event, at, seq } = entry;
    const told = event.response ?? {};
    if (!this.#running.has(told.id)) {
      this.#begun(entry);
    }
    const response = this.#running.get(told.id);
    this.#running.delete(told.id);
    Object.assign(response, { end: at, status: text(told.status) || 'completed', reason: text(told.status_details?.reason) || null });
    // Some providers put the usage beside the response.
    const usage = [told.usage, event.usage].find(usage => usage && Object.keys(usage).length);
    if (usage) {
      this.usages.push({ at, id: told.id, model: this.model, status: response.status, usage, tokens: tokensOf(usage), seq });
    }
    if (!this.observed && response.status === 'cancelled') {
      if (this.playout.cut(at)) {
        this.#mark(entry, 'interrupted', 'The answer was interrupted');
      }
    }
  }

  #speech({ item_id: itemId, audio_start_ms: from, audio_end_ms: to }, type) {
    if (type === 'input_audio_buffer.speech_started') {
      this.spoken.set(itemId, { from: from ?? this.input.ms, to: Infinity });
    } else if (type === 'input_audio_buffer.speech_stopped' && this.spoken.has(itemId)) {
      this.spoken.get(itemId).to = to ?? this.input.ms;
    } else if (type === 'input_audio_buffer.committed') {
      if (!this.spoken.has(itemId)) {
        this.spoken.set(itemId, { from: this.#committed, to: this.input.ms });
      }
      this.#committed = this.input.ms;
    }
  }

  /** The pieces of audio of an item, of either side. */
  audioOf(itemId) {
    const said = this.spoken.get(itemId);
    return said ? this.input.between(said.from, said.to) : this.playout.items.get(itemId)?.between(0, Infinity) ?? [];
  }

  /** Of a file, once all of it is there. */
  settle() {
    this.playout.settle();
  }

  /** What a page would have seen of a conversation of which only the messages are known. */
  #guess(entry) {
    const { type, at, event } = entry;
    if (type === 'input_audio_buffer.speech_started' || type === 'output_audio_buffer.cleared') {
      if (this.playout.cut(at)) {
        this.#mark(entry, 'interrupted', 'The user spoke over the answer');
      }
    } else if (type === 'input_audio_buffer.speech_stopped' || type === 'input_audio_buffer.commit') {
      this.#asked = { at, typed: false };
    } else if (type === 'conversation.item.create' && event.item?.role === 'user') {
      this.#asked = { at, typed: true };
    }
  }

  #answered({ at, event, seq }) {
    if (this.#asked) {
      this.turns.push({ at: this.#asked.at, end: at, ms: at - this.#asked.at, typed: this.#asked.typed, itemId: event.item_id, guessed: true, seq });
      this.#asked = null;
    }
  }

  #observation(entry) {
    const { kind, data, at, seq } = entry;
    if (kind === 'open') {
      this.#formatted(data.formats?.input, data.formats?.output);
    } else if (kind === 'turn') {
      this.turns.push({ at: data.silence_ms, end: data.sound_ms, ms: data.ms, typed: data.typed, itemId: data.item_id, guessed: false, seq });
    } else if (kind === 'interrupted') {
      this.playout.cut(at, data.item_id, data.heard_ms);
      this.#mark(entry, 'interrupted', `Interrupted after ${Math.round(data.heard_ms)} ms of the answer`);
    } else if (kind === 'playback') {
      this.playout.observed(at, data.item_id, data.ms, data.playing);
    } else if (kind === 'tool') {
      this.calls.observed(data, entry);
    } else if (kind === 'heard') {
      this.words.heard(data.item_id, data.characters);
    }
  }
}
