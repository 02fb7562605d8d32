// What the gateway measured each second of the last hour, and what charts and tables show of it.

const KEPT_MS = 3_600_000;
const MOST = 4000;

/** The ranges to choose from; how much one point of a line (`step`), one bar and one row of the table stand for. */
export const RANGES = [
  { name: '5 min', words: 'last 5 minutes', ms: 300_000, step: 2_000, bar: 6_000, row: 30_000 },
  { name: '15 min', words: 'last 15 minutes', ms: 900_000, step: 5_000, bar: 15_000, row: 60_000 },
  { name: '1 h', words: 'last hour', ms: 3_600_000, step: 20_000, bar: 60_000, row: 300_000 },
];

/** Samples in order of their time, at most an hour of them. */
export class Samples {
  #all = [];
  #interval = 1000;

  get newest() {
    return this.#all.at(-1);
  }

  /** Puts in what the gateway remembers; what was known before it (from before a restart) stays. */
  load({ samples, interval_ms: interval }) {
    if (interval > 0) this.#interval = interval;
    if (samples.length === 0) return;
    const first = samples[0].at;
    this.#all = this.#all.filter(sample => sample.at < first).concat(samples);
    this.#forget();
  }

  add(sample) {
    const newest = this.newest;
    if (newest && sample.at <= newest.at) return;
    this.#all.push(sample);
    this.#forget();
  }

  #forget() {
    const oldest = this.newest.at - KEPT_MS - 60_000;
    let drop = Math.max(0, this.#all.length - MOST);
    while (this.#all[drop].at < oldest) drop++;
    if (drop > 0) this.#all.splice(0, drop);
  }

  /**
   * The last `ms` as equal steps, oldest first: `{ at, ms, samples }`, `at` the step's start. Steps lie on a fixed grid, so that
   * a point does not change once its time is over.
   */
  steps(ms, step) {
    const end = this.newest ? this.newest.at : Date.now();
    const length = Math.max(step, this.#interval);
    const last = Math.floor(end / length);
    const first = last - Math.ceil(ms / length);
    const steps = Array.from({ length: last - first + 1 }, (_, i) => ({ at: (first + i) * length, ms: length, samples: [] }));
    for (const sample of this.#all) {
      const at = Math.floor(sample.at / length) - first;
      if (at >= 0) steps[at]?.samples.push(sample);
    }
    return steps;
  }

  /** All samples of the last `ms`. */
  last(ms) {
    const end = this.newest?.at ?? 0;
    return this.#all.filter(sample => sample.at > end - ms);
  }
}

/** The newest value of a gauge, null where there is none. */
export const latest = (samples, name) => samples.at(-1)?.[name] ?? null;

/** The sum of a count; null where nothing was measured, which is not zero. */
export const sum = (samples, name) => (samples.length === 0 ? null : samples.reduce((all, sample) => all + (sample[name] ?? 0), 0));

/** A count as a rate a second. */
export const perSecond = (samples, name) => {
  const all = sum(samples, name);
  return all === null ? null : all / samples.length;
};

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 };

/**
 * A percentile over several samples, null where none has a value. Only the percentiles of each second are known: this is that
 * percentile of them, weighted by what each stands for. It is exact where each second had one value, and not too low elsewhere.
 */
export function percentile(samples, name, which) {
  const values = samples.filter(sample => sample[name]?.n > 0 && sample[name][which] !== null).map(sample => sample[name]);
  if (values.length === 0) return null;
  values.sort((a, b) => a[which] - b[which]);
  const wanted = values.reduce((all, value) => all + value.n, 0) * QUANTILES[which];
  let passed = 0;
  for (const value of values) {
    passed += value.n;
    if (passed >= wanted) return value[which];
  }
  return values.at(-1)[which];
}
