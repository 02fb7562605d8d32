// Which stretch of time the timeline shows.

const LEAST_MS = 5;
const FOLLOWED_MS = 30_000;
const MARGIN = 1.02;

export class Window {
  from = 0;
  to = 1000;
  following = false;

  /** @param end () => the ms at which all that is known ends */
  constructor(end) {
    this.end = end;
  }

  get #most() {
    return Math.max(1000, this.end() * MARGIN);
  }

  fit() {
    this.following = false;
    this.from = 0;
    this.to = this.#most;
  }

  get fits() {
    return this.from <= 0 && this.to >= this.#most;
  }

  /** The last half minute, or less if it was set so, from now on. */
  follow(on) {
    this.following = on;
    if (on) {
      const length = Math.min(this.to - this.from, FOLLOWED_MS);
      this.to = this.from + (this.fits || length < 1000 ? FOLLOWED_MS : length);
      this.keep(this.end());
    }
  }

  /** So that a time is seen, near the right edge; what is to come has a little room. */
  keep(at) {
    const length = this.to - this.from;
    this.to = Math.max(length, at + length * 0.06);
    this.from = this.to - length;
  }

  /** Moves only if that time is not in view. */
  show(at) {
    if (at < this.from || at > this.to) {
      const length = this.to - this.from;
      this.#set(at - length / 3, length);
    }
  }

  /** @param factor less than 1 to see more closely; `at` stays where it is */
  zoom(factor, at) {
    const length = Math.min(this.#most, Math.max(LEAST_MS, (this.to - this.from) * factor));
    const share = (at - this.from) / (this.to - this.from);
    if (this.following) {
      this.to = this.from + length;
      this.keep(this.end());
    } else {
      this.#set(at - share * length, length);
    }
  }

  pan(ms) {
    this.following = false;
    this.#set(this.from + ms, this.to - this.from);
  }

  #set(from, length) {
    this.from = Math.max(0, Math.min(from, this.#most - length));
    this.to = this.from + length;
  }
}
