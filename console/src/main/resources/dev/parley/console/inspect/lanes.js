// Where what lies on the timeline.
import { FAMILIES } from '../lib/wire.js';

const FAMILY_HEIGHT = 13;
const RULER = 22;
const GUTTER = 118;
const SHORT_GUTTER = 66;
/** Narrower than this, names are short. */
const NARROW = 640;

const LANES = [
  { name: 'user', label: 'You', height: 46 },
  { name: 'model', label: 'Model, as played', short: 'Model', height: 46 },
  { name: 'ahead', label: 'Received ahead', short: 'Ahead', height: 38 },
  { name: 'turns', label: 'Latency', height: 20 },
  { name: 'responses', label: 'Responses', height: 20 },
  { name: 'tools', label: 'Tools', height: 20 },
  ...Object.entries(FAMILIES).map(([family, label]) => ({ name: 'events', family, label, height: FAMILY_HEIGHT })),
];
const GAP = 4;

/** Where the lanes lie at a width: `{ left, right, ruler, height, lanes: [{ name, family, label, top, height }] }`. */
export function layout(width) {
  const narrow = width < NARROW;
  let top = RULER + GAP;
  const lanes = LANES.map(lane => {
    const placed = { ...lane, label: narrow ? lane.short ?? lane.label : lane.label, top };
    top += lane.height + (lane.name === 'events' ? 0 : GAP);
    return placed;
  });
  return { left: narrow ? SHORT_GUTTER : GUTTER, right: width - (narrow ? 0 : 8), ruler: RULER, height: top + GAP, lanes };
}

/** A stretch of time on a stretch of pixels. */
export class Scale {
  constructor(from, to, left, right) {
    Object.assign(this, { from, to, left, right });
    this.perPixel = (to - from) / Math.max(1, right - left);
  }

  x(at) { return this.left + (at - this.from) / this.perPixel; }
  at(x) { return this.from + (x - this.left) * this.perPixel; }
}
