// A conversation as stereo sound: the user left, the model right, each where it was in time. The last minutes are kept.
import { Resampling } from './resampling.js';

const RATE = 24_000;
const BLOCK = RATE; // One second; a block in which nothing sounds is not kept.
const LONGEST_SECONDS = 20 * 60;
/** Timestamps jitter: what lies closer than this to the end of what is there follows on it. */
const LOOSE = RATE * 0.04;

class Track {
  blocks = new Map();
  end = null;
  resampling = null;

  add(samples, sampleRate, offset) {
    if (this.resampling?.from !== sampleRate) {
      this.resampling = new Resampling(sampleRate, RATE);
    }
    if (this.end === null || Math.abs(offset - this.end) > LOOSE) {
      this.end = Math.max(0, offset);
      this.resampling.reset();
    }
    this.write(this.resampling.process(samples));
  }

  write(samples) {
    let block = null;
    let index = -1;
    for (const sample of samples) {
      const at = Math.floor(this.end / BLOCK);
      if (at !== index) {
        index = at;
        block = this.blocks.get(index) ?? null;
      }
      const value = Math.round(Math.max(-1, Math.min(1, sample)) * 32767);
      if (value !== 0 && block === null) {
        block = new Int16Array(BLOCK);
        this.blocks.set(index, block);
      }
      if (block !== null) {
        block[this.end % BLOCK] = value;
      }
      this.end++;
    }
  }

  forgetBefore(first) {
    for (const index of this.blocks.keys()) {
      if (index < first) {
        this.blocks.delete(index);
      }
    }
  }
}

export class Recording {
  static LONGEST_SECONDS = LONGEST_SECONDS;

  #tracks = { input: new Track(), output: new Track() };
  #origin = null;
  #seconds = 0;

  /** `at` is the performance.now() of the first sample. */
  add({ direction, samples, sampleRate, at }) {
    this.#origin ??= at;
    const track = this.#tracks[direction];
    track.add(samples, sampleRate, Math.round(((at - this.#origin) * RATE) / 1000));
    const seconds = Math.ceil(track.end / BLOCK);
    if (seconds > this.#seconds) {
      this.#seconds = seconds;
      this.#tracks.input.forgetBefore(this.#first);
      this.#tracks.output.forgetBefore(this.#first);
    }
  }

  get #first() {
    return Math.max(0, this.#seconds - LONGEST_SECONDS);
  }

  get empty() {
    return this.#seconds === 0;
  }

  /** A WAV file: 24 kHz, 16 bits, two channels. */
  wav() {
    const { input, output } = this.#tracks;
    const parts = [];
    for (let index = this.#first; index < this.#seconds; index++) {
      parts.push(stereo(input.blocks.get(index), output.blocks.get(index)));
    }
    const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
    return new Blob([header(bytes), ...parts], { type: 'audio/wav' });
  }
}

function stereo(left, right) {
  const view = new DataView(new ArrayBuffer(BLOCK * 4));
  for (let i = 0; i < BLOCK; i++) {
    view.setInt16(i * 4, left?.[i] ?? 0, true);
    view.setInt16(i * 4 + 2, right?.[i] ?? 0, true);
  }
  return view.buffer;
}

function header(bytes) {
  const view = new DataView(new ArrayBuffer(44));
  const text = (at, letters) => [...letters].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + bytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 2, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 4, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, bytes, true);
  return view.buffer;
}
