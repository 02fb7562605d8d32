// The model's audio: how far what was received runs ahead of what was played, and what was played when.
import { Loudness, partition, Series, Track } from './series.js';
import { loudnessOf, samplesOf } from './sound.js';

const WINDOW_MS = 20;

/**
 * A span of playing: `{ itemId, at, end, from }`, all in ms; `from` is the position in the item's audio. Where the page saw the
 * playing, spans are what it saw; else it is taken that all was played as soon as it could be, at its own pace.
 */
export class Playout {
  /** By time. */
  spans = [];
  /** By item: what was received of it, a Track. */
  items = new Map();
  /** Ms of audio that wait to be played; between its points it goes evenly. */
  ahead = new Series();
  /** As it was played. */
  loudness = new Loudness();
  /** When all that was received will have been played. */
  until = 0;

  #journal;

  constructor(journal) {
    this.#journal = journal;
  }

  /** Audio has come. */
  received({ at, seq, audioMs, event }, observed) {
    const itemId = event.item_id ?? event.response_id ?? '';
    const item = this.items.get(itemId) ?? new Track();
    this.items.set(itemId, item);
    item.add(seq, audioMs);
    this.#waiting(at, Math.max(this.until, at) + audioMs);
    if (!observed) {
      this.#plays(itemId, at, item, audioMs);
    }
  }

  /** Two points, so that it rises at once and falls evenly. */
  #waiting(at, until) {
    if (this.until < at && this.ahead.length) {
      this.ahead.push(this.until, 0);
    }
    this.ahead.push(at, Math.max(0, this.until - at));
    this.ahead.push(at, Math.max(0, until - at));
    this.until = until;
  }

  #plays(itemId, at, item, ms) {
    const last = this.spans.at(-1);
    if (last?.itemId === itemId && last.end >= at && !last.cut) {
      last.end += ms;
    } else {
      const begin = Math.max(at, this.until - ms);
      this.spans.push({ itemId, at: begin, end: begin + ms, from: item.ms - ms, cut: false });
    }
  }

  /** Playing began, stopped or jumped, as the page saw it. */
  observed(at, itemId, ms, playing) {
    const last = this.spans.at(-1);
    if (last && !last.cut) {
      last.end = last.itemId === itemId && !playing ? Math.min(at, last.at + Math.max(0, ms - last.from)) : at;
      last.cut = true;
    }
    if (playing) {
      this.spans.push({ itemId, at, end: at, from: ms, cut: false });
    }
    const rest = playing ? Math.max(0, (this.items.get(itemId)?.ms ?? ms) - ms) : 0;
    this.#waiting(at, playing ? at + rest : Math.min(this.until, at));
  }

  /** Playing goes on, as the page sees it. */
  runs(at, itemId, ms) {
    const last = this.spans.at(-1);
    if (last?.itemId === itemId && !last.cut) {
      last.end = Math.max(last.end, last.at + ms - last.from);
    }
  }

  /**
   * The answer was stopped. Of a span in the past, as that is told afterwards, what lies beyond the position is taken back.
   *
   * @returns whether something was being played
   */
  cut(at, itemId, ms) {
    const last = this.spans.at(-1);
    const sounding = Boolean(last) && last.end > at;
    if (last && (itemId === undefined || last.itemId === itemId)) {
      const heard = ms === undefined ? at : Math.min(at, last.at + Math.max(0, ms - last.from));
      last.end = Math.min(last.end, Math.max(last.at, heard));
      last.cut = true;
    }
    if (this.until > at) {
      this.#waiting(at, at);
    }
    return sounding;
  }

  /** The spans that touch a time. */
  between(from, to) {
    const first = partition(this.spans.length, index => this.spans[index].end < from);
    const spans = [];
    for (let index = first; index < this.spans.length && this.spans[index].at <= to; index++) {
      spans.push(this.spans[index]);
    }
    return spans;
  }

  /** The pieces of what a span played. */
  pieces(span) {
    return this.items.get(span.itemId)?.between(span.from, span.from + span.end - span.at) ?? [];
  }

  /** Of a file: how loud all that was played was. */
  settle() {
    for (const span of this.spans) {
      for (const piece of this.pieces(span)) {
        this.#weigh(piece, span);
      }
    }
  }

  #weigh(piece, span) {
    const entry = this.#journal.entry(piece.seq);
    const samples = entry?.audio && samplesOf(entry.audio, entry.format);
    if (!samples?.length) {
      return;
    }
    const windows = Math.min(samples.length, Math.max(1, Math.round(piece.ms / WINDOW_MS)));
    for (let index = 0; index < windows; index++) {
      const at = span.at + piece.from + piece.ms * index / windows - span.from;
      if (at >= span.at - WINDOW_MS && at < span.end) {
        this.loudness.add(at, piece.ms / windows, loudnessOf(samples, Math.floor(samples.length * index / windows), Math.floor(samples.length * (index + 1) / windows)));
      }
    }
  }
}
