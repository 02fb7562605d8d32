// A uPlot in the colours of the page: it follows the theme and its own width, and shares its cursor with its neighbours.
import UPlot from '../vendor/uplot.js';
import { clock, minute } from './figures.js';

const WHOLES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000];
const MINUTES = [60, 120, 300, 600, 900, 1800];
const WIDEST_GAP = 48; // CSS pixels that a line may bridge where nothing was measured
const MOST_POINTS = 60; // values up to which each is marked

/** Draws one measure into `host`. `chosen(index)` hears which point the cursor is on, null for none. */
export class Plot {
  #plot;
  #from = 0;
  #to = 1;
  #resize;
  #recolour = () => this.#plot?.redraw(false);

  constructor(host, measure, chosen) {
    this.#resize = new ResizeObserver(() => this.#fit(host, measure, chosen));
    this.#resize.observe(host);
    addEventListener('themechange', this.#recolour);
  }

  /** Shows `data` (as uPlot has it) between two times in seconds. */
  show(data, from, to) {
    this.data = data;
    this.#from = from;
    this.#to = to;
    this.#plot?.setData(data);
  }

  close() {
    this.#resize.disconnect();
    removeEventListener('themechange', this.#recolour);
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  // A view that is not shown has no width: the plot is made when it has one.
  #fit(host, measure, chosen) {
    const size = { width: host.clientWidth, height: host.clientHeight };
    if (size.width === 0 || size.height === 0) return;
    if (this.#plot) this.#plot.setSize(size);
    else this.#plot = new UPlot(this.#options(measure, size, chosen), this.data ?? [[], ...measure.series.map(() => [])], host);
  }

  #options(measure, size, chosen) {
    return {
      ...size,
      padding: [8, 4, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, sync: { key: 'operate' }, points: { size: 7 } },
      hooks: { setCursor: [plot => chosen(plot.cursor.idx ?? null)] },
      scales: {
        x: { time: false, range: () => [this.#from, this.#to] },
        y: { range: (_, __, highest) => [0, Math.max(measure.floor, (highest ?? 0) * 1.12)] },
      },
      axes: [
        { ...axis(), size: 24, space: 56, incrs: MINUTES, values: (_, times) => times.map(time => minute(time * 1000)) },
        { ...axis(), size: 58, space: 30, incrs: measure.wholes ? WHOLES : undefined, values: (_, values) => values.map(value => mark(measure, value)) },
      ],
      series: [{ value: (_, time) => clock(time * 1000) }, ...measure.series.map(line)],
    };
  }
}

// 2.00 s is 2 s on an axis.
const mark = (measure, value) => (value === 0 ? '0' : measure.axis(value).replace(/\.0+ /, ' '));

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const axis = () => ({
  stroke: () => colour('--soft'),
  font: `11px ${colour('--sans')}`,
  grid: { stroke: () => colour('--line'), width: 1 },
  ticks: { show: false },
  gap: 6,
});

function line({ label, look }) {
  const stroke = () => colour(look.colour);
  if (look.bar) return { label, stroke, fill: stroke, width: 0, paths: UPlot.paths.bars({ size: [0.8, 12], align: -1 }), points: { show: false } };
  return {
    label,
    stroke,
    width: look.width,
    dash: look.dash,
    fill: look.fill && (() => colour(look.fill)),
    gaps: (_, __, ___, ____, gaps) => gaps.filter(([from, to]) => to - from > WIDEST_GAP * devicePixelRatio),
    points: { show: (plot, index) => look.marks && few(plot.data[index]), size: 5, fill: stroke },
  };
}

function few(values) {
  let known = 0;
  for (const value of values) if (value !== null && ++known > MOST_POINTS) return false;
  return known > 0;
}
