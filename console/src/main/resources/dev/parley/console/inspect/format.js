// Numbers as they are shown.

const whole = new Intl.NumberFormat('en');

export const number = value => whole.format(Math.round(value));

/** Such as 0:07.250 or 1:02:05; fractions down to `digits` of a second. */
export function clock(ms, digits = 3) {
  const shown = Math.max(0, digits === 0 ? Math.floor(ms / 1000) * 1000 : ms);
  const hours = Math.floor(shown / 3_600_000);
  const minutes = Math.floor(shown / 60_000) % 60;
  // Rounding must not make 60 seconds of 59.9996.
  const scale = 10 ** digits;
  const seconds = (Math.floor(shown % 60_000 / 1000 * scale) / scale).toFixed(digits);
  const tail = seconds.padStart(digits ? 3 + digits : 2, '0');
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** Such as 340 ms or 2.41 s. */
export const span = ms => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`);

export function bytes(count) {
  if (count < 1000) {
    return `${count} B`;
  }
  return count < 1e6 ? `${(count / 1000).toFixed(1)} kB` : `${(count / 1e6).toFixed(2)} MB`;
}

/** USD; small amounts are not rounded to nothing. */
export function dollars(amount) {
  if (amount === 0) {
    return '$0';
  }
  return amount < 0.01 ? `$${amount.toFixed(5)}` : `$${amount.toFixed(amount < 1 ? 4 : 2)}`;
}

/** The value that a share of all do not exceed; null of none. */
export function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
