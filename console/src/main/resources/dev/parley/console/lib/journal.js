// All that happened in one conversation, in order: of a live one, or of a file. Bounded, so that a page can stay open.
import { Digest } from './digest.js';
import { durationOf } from './sound.js';
import { audioField, typeOf } from './wire.js';

const MOST_ENTRIES = 200_000;
const MOST_TEXT = 96 * 1024 * 1024;
const MOST_AUDIO = 128 * 1024 * 1024;
/** Of what a position should be, in ms, before it counts as a jump. */
const DRIFT = 80;

/**
 * Fires `change`, at most once per animation frame.
 *
 * An entry has `seq` (its number), `at` (ms since the start), `kind`, and, of `event`: `direction` (sent or received), `type`,
 * `event` (without its audio), `audio` (bytes, or null), `audioBytes`, `audioMs`, `format`, `size` (about, in bytes on the wire);
 * of `http`: `event`; of all others, which are the page's own observations: `data`.
 */
export class Journal extends EventTarget {
  /** What is kept, oldest first. */
  entries = [];
  /** How many entries are no longer kept. */
  dropped = 0;
  /** Audio before this time is no longer kept; null: all of it is. */
  foldedUntil = null;
  live = false;
  /** Of a file: `{ name, problems: [{ line, text }], timed }`. */
  source = null;
  /** Who answers, as far as it is known: `{ provider, model, wire: { binary, input, output }, sessionId }`. */
  about = {};
  digest = new Digest(this);

  #start = 0;
  #text = 0;
  #audio = 0;
  #oldestAudio = 0;
  #frame = 0;
  #limits;
  #playing = null;

  constructor({ entries = MOST_ENTRIES, text = MOST_TEXT, audio = MOST_AUDIO } = {}) {
    super();
    this.#limits = { entries, text, audio };
  }

  /** Records a conversation from now on, in place of what was here; what it returns ends that. */
  attach(parley, { provider = null, model = null } = {}) {
    this.#reset();
    this.live = true;
    this.about = { provider, model, wire: null, sessionId: null };
    this.digest.observed = true;
    this.#start = performance.now();
    const ends = Object.entries(this.#listeners(parley)).map(([name, listener]) => parley.on(name, listener));
    return () => {
      ends.forEach(end => end());
      this.live = false;
      this.#changed();
    };
  }

  #reset() {
    Object.assign(this, { entries: [], dropped: 0, foldedUntil: null, source: null, about: {}, digest: new Digest(this) });
    this.#text = this.#audio = this.#oldestAudio = 0;
    this.#playing = null;
    this.#changed();
  }

  #listeners(parley) {
    const now = () => performance.now() - this.#start;
    const since = at => at - this.#start;
    return {
      event: ({ direction, event, audio, format, at }) =>
        this.message(since(at), direction, event, { audio, format, binary: parley.wire?.binary ?? false }),
      audio: ({ direction, samples, sampleRate, at }) => {
        this.digest.sounded(direction, since(at), samples, sampleRate);
        this.#changed();
      },
      playback: playback => this.#played(now(), playback),
      state: ({ state, previous }) => this.observe(now(), 'state', { state, previous }),
      open: ({ sessionId, resumed }) =>
        this.observe(now(), 'open', { session_id: sessionId, resumed, provider: this.about.provider, model: this.about.model, wire: parley.wire }),
      close: ({ code, reason }) => this.observe(now(), 'close', { code, reason }),
      error: ({ code, message, fatal, event }) => this.observe(now(), 'error', { code, message, fatal, told: Boolean(event) }),
      interrupted: ({ itemId, heardMs }) => this.observe(now(), 'interrupted', { item_id: itemId, heard_ms: heardMs }),
      turn: ({ itemId, silenceAt, soundAt, ms, typed }) =>
        this.observe(now(), 'turn', { item_id: itemId, silence_ms: since(silenceAt), sound_ms: since(soundAt), ms, typed }),
      tool: ({ callId, name, status, result, at, endedAt }) =>
        this.observe(now(), 'tool', { call_id: callId, name, status, result, at_ms: since(at), ended_ms: endedAt === undefined ? null : since(endedAt) }),
      caption: caption => this.#captioned(now(), caption),
    };
  }

  /** A message on the wire. `event` is without the audio, which is beside it. */
  message(at, direction, event, { audio = null, audioBytes = audio?.length ?? 0, format = null, binary = false } = {}) {
    const known = format ?? this.digest.format(direction);
    const hasAudio = audioBytes > 0;
    return this.#keep({
      at, kind: 'event', direction, type: typeOf(event), event, audio, audioBytes,
      audioMs: hasAudio ? durationOf(audioBytes, known) : 0,
      format: hasAudio ? known : null,
      size: hasAudio ? sizeOfAudio(event, audioBytes, binary) : JSON.stringify(event).length,
    });
  }

  /** An exchange over HTTP, from a file. */
  exchange(at, event) {
    return this.#keep({ at, kind: 'http', direction: 'http', type: 'http', event, size: JSON.stringify(event).length });
  }

  /** Something that was seen on the page and is no message. */
  observe(at, kind, data) {
    if (kind === 'open') {
      const named = name => (typeof name === 'string' ? name : null);
      this.about = { provider: named(data.provider), model: named(data.model), wire: data.wire ?? null, sessionId: data.session_id ?? null };
    }
    return this.#keep({ at, kind, direction: 'page', type: kind, data, size: 200 });
  }

  /** The entry with that number, or undefined if it is no longer kept. */
  entry(seq) {
    return this.entries[seq - this.dropped];
  }

  get empty() {
    return this.entries.length === 0;
  }

  /** In ms: when the last thing happened. */
  get end() {
    return this.digest.end;
  }

  #keep(entry) {
    entry.seq = this.dropped + this.entries.length;
    this.entries.push(entry);
    // Kept with it: its audio may be let go before it is.
    entry.textSize = entry.size - (entry.audio?.length ?? 0);
    this.#text += entry.textSize;
    this.#audio += entry.audio?.length ?? 0;
    this.digest.take(entry);
    this.#fold();
    if (this.entries.length > this.#limits.entries || this.#text > this.#limits.text) {
      this.#drop(Math.ceil(this.entries.length / 10));
    }
    this.#changed();
    return entry;
  }

  #fold() {
    while (this.#audio > this.#limits.audio) {
      const entry = this.entries[this.#oldestAudio++];
      if (entry.audio) {
        this.#audio -= entry.audio.length;
        entry.audio = null;
        this.foldedUntil = entry.at;
      }
    }
  }

  #drop(count) {
    for (const entry of this.entries.splice(0, count)) {
      this.#text -= entry.textSize;
      if (entry.audio) {
        this.#audio -= entry.audio.length;
        this.foldedUntil = entry.at;
      }
    }
    this.dropped += count;
    this.#oldestAudio = Math.max(0, this.#oldestAudio - count);
  }

  /** Keeps only the moments at which playing began, stopped or jumped: between them it ran on. */
  #played(at, { itemId, contentIndex, ms, playing }) {
    const before = this.#playing;
    const runsOn = playing
      ? before?.itemId === itemId && before.playing && Math.abs(before.ms + at - before.at - ms) < DRIFT
      : !before?.playing;
    if (!runsOn) {
      this.#playing = { itemId, playing, ms, at };
      this.observe(at, 'playback', { item_id: itemId, content_index: contentIndex, ms, playing });
    } else if (playing) {
      this.digest.playedUntil(at, itemId, ms);
      this.#changed();
    }
  }

  /** The words themselves come with the events; only the page knows how many of them were heard. */
  #captioned(at, { itemId, heard, interrupted }) {
    if (interrupted && this.digest.heardOf(itemId) !== heard) {
      this.observe(at, 'heard', { item_id: itemId, characters: heard });
    }
  }

  #changed() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.dispatchEvent(new Event('change'));
    });
  }
}

function sizeOfAudio(event, bytes, binary) {
  if (binary) {
    return bytes + 4 + (event.item_id?.length ?? 0) + (event.response_id?.length ?? 0);
  }
  return Math.ceil(bytes / 3) * 4 + JSON.stringify(event).length + (audioField(event)?.length ?? 0) + 6;
}
