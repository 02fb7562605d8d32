// Numbers in time: what the timeline draws from, small enough to keep for hours and quick to look up.

const grown = (array, length) => {
  const larger = new array.constructor(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
};

/** The first index of `length` for which `below` does not hold; it has to hold up to some index, and not after it. */
export function partition(length, below, from = 0) {
  let low = from;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (below(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Points in time, each with a number; times never go back. */
export class Series {
  length = 0;
  #at = new Float64Array(64);
  #value = new Float64Array(64);

  push(at, value) {
    if (this.length === this.#at.length) {
      this.#at = grown(this.#at, 0);
      this.#value = grown(this.#value, 0);
    }
    this.#at[this.length] = this.length ? Math.max(at, this.#at[this.length - 1]) : at;
    this.#value[this.length++] = value;
  }

  at(index) { return this.#at[index]; }
  value(index) { return this.#value[index]; }

  /** The index of the first point at that time or after it. */
  from(at, low = 0) {
    return partition(this.length, index => this.#at[index] < at, low);
  }
}

const FAN = 8;
const LEVELS = 6;

export const LOUDNESS_STEP = 20;
/** Two days: beyond it nothing is drawn. */
const MOST_BINS = 2 * 24 * 3_600_000 / LOUDNESS_STEP;
/** Pieces of the microphone that came no further apart than this follow each other. */
const HELD_UP_MS = 500;

/** When a piece of the microphone was spoken: after the one before, or, if that is too far off, as it came. */
export const steady = (before, came) => Math.max(0, Math.abs(before - came) < HELD_UP_MS ? before : came);

/** How loud it was in each 20 ms, and in each 8, 64, ... times that: 0 for silence (or nothing), 1 for full scale. */
export class Loudness {
  length = 0;
  #levels = Array.from({ length: LEVELS }, () => new Uint8Array(256));

  /** A root mean square from 0 to 1 that held for so many ms. */
  add(at, ms, rms) {
    const value = Math.max(1, Math.min(255, Math.round(Math.sqrt(rms) * 255)));
    const first = Math.max(0, Math.floor(at / LOUDNESS_STEP));
    const last = Math.min(MOST_BINS, Math.max(first, Math.ceil((at + ms) / LOUDNESS_STEP) - 1));
    for (let bin = first; bin <= last; bin++) {
      this.#raise(bin, value);
    }
  }

  #raise(bin, value) {
    this.length = Math.max(this.length, bin + 1);
    for (let level = 0, index = bin; level < LEVELS; level++, index = Math.floor(index / FAN)) {
      if (index >= this.#levels[level].length) {
        this.#levels[level] = grown(this.#levels[level], index + 1);
      }
      if (this.#levels[level][index] >= value) {
        return;
      }
      this.#levels[level][index] = value;
    }
  }

  /** The loudest moment between two times, from 0 to 1, spread so that quiet speech can be seen. */
  max(from, to) {
    let first = Math.max(0, Math.floor(from / LOUDNESS_STEP));
    let last = Math.min(this.length, Math.max(first + 1, Math.ceil(to / LOUDNESS_STEP)));
    let level = 0;
    while (level < LEVELS - 1 && last - first > 2 * FAN) {
      first = Math.floor(first / FAN);
      last = Math.ceil(last / FAN);
      level++;
    }
    let most = 0;
    for (let index = first; index < last; index++) {
      most = Math.max(most, this.#levels[level][index] ?? 0);
    }
    return most / 255;
  }
}

/** Pieces of audio one after the other: where each lies, and which entry has it. */
export class Track {
  /** How much there is, in ms. */
  ms = 0;
  #pieces = new Series();

  add(seq, ms) {
    this.#pieces.push(this.ms, seq);
    this.ms += ms;
  }

  /** The pieces between two positions: `{ seq, from, ms }`. */
  between(from, to) {
    const pieces = [];
    const first = Math.max(0, partition(this.#pieces.length, index => this.#pieces.at(index) <= from) - 1);
    for (let index = first; index < this.#pieces.length && this.#pieces.at(index) < to; index++) {
      const begin = this.#pieces.at(index);
      const end = index + 1 < this.#pieces.length ? this.#pieces.at(index + 1) : this.ms;
      if (end > from) {
        pieces.push({ seq: this.#pieces.value(index), from: begin, ms: end - begin });
      }
    }
    return pieces;
  }
}
