// Numbers as people read them. What is not known is a dash.

const DASH = '–';
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

const known = n => typeof n === 'number' && Number.isFinite(n);

/** Three digits are enough: 1.23, 12.3, 123. */
function threeDigits(n) {
  if (n >= 99.95) return whole.format(n);
  return n >= 9.995 ? n.toFixed(1) : n.toFixed(2);
}

/** 1,234 */
export const count = n => (known(n) ? whole.format(n) : DASH);

/** 12.3 MB; a thousand bytes are a kilobyte. */
export function bytes(n) {
  if (!known(n)) return DASH;
  if (n < 1000) return `${whole.format(n)} B`;
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  let value = n / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${threeDigits(value)} ${units[unit]}`;
}

/** 12.3 kB/s */
export const rate = n => (known(n) ? `${bytes(n)}/s` : DASH);

/** Milliseconds that somebody waits: 480 ms, 1.24 s. */
export function latency(ms) {
  if (!known(ms)) return DASH;
  return ms < 1000 ? `${whole.format(ms)} ms` : `${threeDigits(ms / 1000)} s`;
}

/** Microseconds: 85 µs, 1.24 ms, 2.10 s. */
export function microseconds(us) {
  if (!known(us)) return DASH;
  if (us < 1000) return `${whole.format(us)} µs`;
  return us < 1e6 ? `${threeDigits(us / 1000)} ms` : `${threeDigits(us / 1e6)} s`;
}

/** A span of time, its two largest units: 3 min 20 s. */
export function span(ms) {
  if (!known(ms)) return DASH;
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${whole.format(Math.floor(s / 86400))} d ${Math.floor((s % 86400) / 3600)} h`;
}

/** The time of day here: 14:03:22. */
export const clock = ms => (known(ms) ? time.format(ms) : DASH);

/** The time of day here, to the minute: 14:03. */
export const minute = ms => (known(ms) ? shortTime.format(ms) : DASH);

/** `provider_lost` as words: provider lost. */
export const words = code => String(code).replaceAll('_', ' ');
