// A stream of samples at another rate, by a windowed sinc; what comes in pieces comes out as if it had come in one.
const PHASES = 128;
const ZEROS = 8; // Zero crossings of the sinc on each side.

export class Resampling {
  #step;
  #half;
  #table;
  #held = new Float32Array(0);
  #position = 0;

  constructor(from, to) {
    this.from = from;
    this.#step = from / to;
    const stretch = Math.max(1, this.#step);
    this.#half = Math.ceil(ZEROS * stretch);
    this.#table = kernel(this.#half, stretch);
    this.reset();
  }

  reset() {
    this.#held = new Float32Array(this.#half);
    this.#position = this.#half;
  }

  /** The samples that these, with those before, come to. They lag by half the filter. */
  process(samples) {
    if (this.#step === 1) {
      return samples;
    }
    const all = new Float32Array(this.#held.length + samples.length);
    all.set(this.#held);
    all.set(samples, this.#held.length);
    const out = [];
    for (; this.#position + this.#half < all.length; this.#position += this.#step) {
      out.push(this.#at(all, this.#position));
    }
    const from = Math.max(0, Math.floor(this.#position) - this.#half);
    this.#held = all.slice(from);
    this.#position -= from;
    return out;
  }

  #at(all, position) {
    const base = Math.floor(position);
    const taps = this.#half * 2;
    const row = Math.floor((position - base) * PHASES) * taps;
    const first = base - this.#half + 1;
    let sum = 0;
    for (let i = 0; i < taps; i++) {
      sum += all[first + i] * this.#table[row + i];
    }
    return sum;
  }
}

function kernel(half, stretch) {
  const taps = half * 2;
  const table = new Float32Array(PHASES * taps);
  for (let phase = 0; phase < PHASES; phase++) {
    let sum = 0;
    for (let i = 0; i < taps; i++) {
      const x = i - half + 1 - phase / PHASES;
      const hann = 0.5 + 0.5 * Math.cos((Math.PI * x) / half);
      table[phase * taps + i] = Math.abs(x) >= half ? 0 : sinc(x / stretch) * hann;
      sum += table[phase * taps + i];
    }
    for (let i = 0; i < taps; i++) {
      table[phase * taps + i] /= sum;
    }
  }
  return table;
}

function sinc(x) {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
