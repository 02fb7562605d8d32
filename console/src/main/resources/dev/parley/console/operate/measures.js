// What is drawn: for each chart its lines, how a value of them comes from samples, and how it reads.
import { bytes, count, latency, microseconds, rate } from './figures.js';
import { latest, perSecond, percentile, sum } from './samples.js';

const QUANTILE_LOOKS = {
  p50: { colour: '--user', width: 2, marks: true },
  p95: { colour: '--model', width: 1.5, marks: true },
  p99: { colour: '--soft', width: 1.25, dash: [3, 3], marks: true },
};

const quantiles = (name, show) => ['p50', 'p95', 'p99'].map(which => ({
  label: which,
  of: samples => percentile(samples, name, which),
  overall: samples => percentile(samples, name, which),
  show,
  look: QUANTILE_LOOKS[which],
}));

const gauge = samples => latest(samples, 'sessions');

/**
 * The charts. A series: `of(samples)` is the value of one step, `overall(samples)` that of the whole range, shown while no point
 * is chosen; `look.marks` marks single values where they are few; `drawn` is what the chart draws where that differs (a stack). `floor` is the least that the axis reaches to.
 */
export const MEASURES = [
  {
    id: 'sessions', title: 'Sessions', overall: 'now', floor: 4, wholes: true, axis: count, empty: 'Nothing measured in this time.',
    series: [{ label: 'live', of: gauge, overall: gauge, show: count, look: { colour: '--user', width: 2, fill: '--user-tint' } }],
  },
  {
    id: 'added', title: 'Added by Parley', overall: 'range', floor: 50, axis: microseconds, empty: 'No events in this time.',
    hint: 'How long an event is inside this gateway',
    series: quantiles('added_us', microseconds),
  },
  {
    id: 'voice', title: 'Voice to voice', overall: 'range', floor: 400, axis: latency, empty: 'No turns in this time.',
    hint: 'From the end of what the user says to the first sound of the answer',
    series: quantiles('voice_to_voice_ms', latency),
  },
  {
    id: 'errors', title: 'Failures and refusals', overall: 'range', floor: 4, wholes: true, bars: true, axis: count, empty: 'Nothing measured in this time.',
    series: [
      {
        label: 'refused', of: samples => sum(samples, 'refused'), overall: samples => sum(samples, 'refused'), show: count,
        drawn: samples => sum(samples, 'refused') + sum(samples, 'failed'), look: { colour: '--warn', bar: true },
      },
      { label: 'failed', of: samples => sum(samples, 'failed'), overall: samples => sum(samples, 'failed'), show: count, look: { colour: '--bad', bar: true } },
    ],
  },
  {
    id: 'traffic', title: 'Traffic to', overall: 'now', floor: 10_000, axis: bytes, empty: 'Nothing measured in this time.',
    series: [
      { label: 'clients', of: samples => perSecond(samples, 'to_client_bytes'), overall: samples => perSecond(samples.slice(-5), 'to_client_bytes'), show: rate, look: { colour: '--model', width: 1.5 } },
      { label: 'providers', of: samples => perSecond(samples, 'to_provider_bytes'), overall: samples => perSecond(samples.slice(-5), 'to_provider_bytes'), show: rate, look: { colour: '--user', width: 1.5, dash: [5, 3] } },
    ],
  },
];

/**
 * The numbers of one chart for these steps: times in seconds, then for each series what is drawn. A step stands at its end; that of
 * a line at `end` if its time is not over. Bars are as wide as the least distance of two, so theirs stay where they are.
 */
export function drawn(measure, steps, end) {
  const times = steps.map(step => (measure.bars ? step.at + step.ms : Math.min(step.at + step.ms, end)) / 1000);
  return [times, ...measure.series.map(series => steps.map(step => (step.samples.length === 0 ? null : (series.drawn ?? series.of)(step.samples))))];
}
