// How loud a voice was in the last seconds, in steps of equal time.
export const STEP_MS = 50;
const STEPS = 256;
const QUIETEST_DB = -52;
const LOUDEST_DB = -10;

export class Envelope {
  #values = new Float32Array(STEPS);
  #last = -1;

  /** Samples from -1 to 1, of which the first sounded, or sounds, at `at`. */
  add(samples, at) {
    let sum = 0;
    for (const sample of samples) {
      sum += sample * sample;
    }
    const step = Math.floor(at / STEP_MS);
    this.#advance(step);
    if (step > this.#last - STEPS) {
      const i = step % STEPS;
      this.#values[i] = Math.max(this.#values[i], loudness(Math.sqrt(sum / Math.max(1, samples.length))));
    }
  }

  #advance(step) {
    for (let next = Math.max(this.#last + 1, step - STEPS + 1); next <= step; next++) {
      this.#values[next % STEPS] = 0;
    }
    this.#last = Math.max(this.#last, step);
  }

  /** From 0, silent, to 1. */
  at(step) {
    return step > this.#last || step <= this.#last - STEPS ? 0 : this.#values[step % STEPS];
  }

  /** What sounds now: the louder of the step that has just passed and the one that runs. */
  now(time) {
    const step = Math.floor(time / STEP_MS);
    return Math.max(this.at(step), this.at(step - 1));
  }

  /** Whether nothing sounded in these steps before `time`. */
  silent(time, steps) {
    const step = Math.floor(time / STEP_MS);
    for (let i = 0; i < steps; i++) {
      if (this.at(step - i) > 0) {
        return false;
      }
    }
    return true;
  }
}

function loudness(rms) {
  const db = 20 * Math.log10(rms + 1e-9);
  return Math.max(0, Math.min(1, (db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)));
}
