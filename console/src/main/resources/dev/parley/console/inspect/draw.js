// The timeline as pixels. What is drawn grows with the width, not with how much has happened.
import { partition } from '../lib/series.js';
import { clock, span } from './format.js';

const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000];
const LEAST_LABEL = 84;
const LEAST_BETWEEN = 30;
const DAY = 86_400_000;
const TOKENS = ['paper', 'surface', 'sunken', 'ink', 'soft', 'line', 'strong-line', 'user', 'user-tint', 'model', 'model-tint', 'ok', 'warn', 'warn-tint', 'bad', 'bad-tint', 'focus'];

export function coloursOf(element) {
  const style = getComputedStyle(element);
  const colours = Object.fromEntries(TOKENS.map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
  return { ...colours, font: `11px ${style.getPropertyValue('--sans')}` };
}

/**
 * @param scene `{ digest, scale, place (the layout), colours, selected (an entry or null), cursor (ms or null), playhead (ms or null), width }`
 */
export function draw(context, scene) {
  const { place, colours, width } = scene;
  context.clearRect(0, 0, width, place.height);
  context.font = colours.font;
  context.textBaseline = 'middle';
  grounds(context, scene);
  context.save();
  context.beginPath();
  context.rect(place.left, 0, place.right - place.left, place.height);
  context.clip();
  ruler(context, scene);
  for (const lane of place.lanes) {
    PAINTERS[lane.name](context, lane, scene);
  }
  marks(context, scene);
  pointers(context, scene);
  context.restore();
  names(context, scene);
}

function grounds(context, { place, colours }) {
  context.fillStyle = colours.sunken;
  for (const lane of place.lanes) {
    if (lane.name !== 'events') {
      context.fillRect(place.left, lane.top, place.right - place.left, lane.height);
    }
  }
}

function names(context, { place, colours }) {
  context.textAlign = 'right';
  context.fillStyle = colours.soft;
  for (const lane of place.lanes) {
    context.fillText(lane.label, place.left - 8, lane.top + lane.height / 2 + 0.5);
  }
}

function ruler(context, { scale, place, colours }) {
  const step = TICKS.find(tick => tick / scale.perPixel >= LEAST_LABEL) ?? DAY;
  const digits = step < 10 ? 3 : step < 100 ? 2 : step < 1000 ? 1 : 0;
  context.textAlign = 'left';
  context.lineWidth = 1;
  for (let at = Math.max(0, Math.ceil(scale.from / step) * step); at <= scale.to; at += step) {
    const x = Math.round(scale.x(at)) + 0.5;
    context.strokeStyle = colours.line;
    line(context, x, place.ruler - 6, place.height);
    context.fillStyle = colours.soft;
    context.fillText(clock(at, digits), x + 4, place.ruler / 2);
  }
}

function line(context, x, top, bottom) {
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x, bottom);
  context.stroke();
}

const loudness = (series, colour) => (context, lane, { digest, scale, place, colours }) => {
  const middle = lane.top + lane.height / 2;
  const reach = lane.height / 2 - 2;
  context.fillStyle = colours[colour];
  for (let x = Math.floor(place.left); x < place.right; x++) {
    const level = series(digest).max(scale.at(x), scale.at(x + 1));
    if (level > 0) {
      const half = Math.max(0.5, level * reach);
      context.fillRect(x, middle - half, 1, 2 * half);
    }
  }
};

/** A hill: as high as there is audio that waits to be played. */
function ahead(context, lane, { digest, scale, place, colours }) {
  const series = digest.playout.ahead;
  const first = Math.max(0, series.from(scale.from) - 1);
  const last = Math.min(series.length, series.from(scale.to) + 1);
  if (first === last) {
    return;
  }
  const points = ridge(series, first, last, scale);
  if (last === series.length) {
    points.push([scale.x(Math.max(digest.playout.until, series.at(last - 1))), 0]);
  }
  const most = points.reduce((value, point) => Math.max(value, point[1]), 0);
  const bottom = lane.top + lane.height - 1;
  context.beginPath();
  context.moveTo(points[0][0], bottom);
  for (const [x, value] of points) {
    context.lineTo(x, bottom - (most ? value / most * (lane.height - 14) : 0));
  }
  context.lineTo(points.at(-1)[0], bottom);
  context.closePath();
  context.fillStyle = colours['model-tint'];
  context.strokeStyle = colours.model;
  context.fill();
  context.stroke();
  if (most > 0) {
    context.fillStyle = colours.soft;
    context.textAlign = 'right';
    context.fillText(`up to ${span(most)}`, place.right - 6, lane.top + 8);
  }
}

/** The points of a series; where there are several on a pixel, their first, highest and last. */
function ridge(series, first, last, scale) {
  const points = [];
  for (let index = first; index < last;) {
    const x = scale.x(series.at(index));
    const next = Math.min(last, Math.max(index + 1, series.from(series.at(index) + scale.perPixel, index)));
    let highest = 0;
    for (let each = index; each < next; each++) {
      highest = Math.max(highest, series.value(each));
    }
    points.push([x, series.value(index)]);
    if (next > index + 1) {
      points.push([x, highest], [scale.x(series.at(next - 1)), series.value(next - 1)]);
    }
    index = next;
  }
  return points;
}

/** Bars of a list that is in order of time; those that are less than a pixel are drawn once. */
function bars(list, { scale, digest }, paint) {
  const first = Math.max(0, partition(list.length, index => (list[index].end ?? Infinity) < scale.from) - 1);
  let drawn = -Infinity;
  for (let index = first; index < list.length && list[index].at <= scale.to; index++) {
    const left = scale.x(list[index].at);
    const right = Math.max(left + 2, scale.x(list[index].end ?? digest.end));
    if (right >= drawn + 1 && right > 0) {
      paint(list[index], left, right, list[index + 1]);
      drawn = right;
    }
  }
}

function bar(context, { top, height }, left, right, fill, edge, label, ink) {
  context.fillStyle = fill;
  context.fillRect(left, top + 2, right - left, height - 4);
  context.fillStyle = edge;
  context.fillRect(left, top + 2, 2, height - 4);
  const begin = Math.max(left, 0) + 6;
  if (label && right - begin > LEAST_BETWEEN && context.measureText(label).width < right - begin) {
    context.fillStyle = ink;
    context.textAlign = 'left';
    context.fillText(label, begin, top + height / 2 + 0.5);
  }
}

/** With their latency beside them, where there is room up to the next. */
function turns(context, lane, scene) {
  const { colours, place, scale } = scene;
  const list = scene.digest.turns;
  bars(list, scene, (turn, left, right, next) => {
    bar(context, lane, left, right, colours['user-tint'], colours.user, '', colours.ink);
    const text = span(turn.ms);
    const room = Math.min(place.right, next ? scale.x(next.at) : Infinity) - right - 8;
    if (context.measureText(text).width < room) {
      context.fillStyle = colours.ink;
      context.textAlign = 'left';
      context.fillText(text, right + 5, lane.top + lane.height / 2 + 0.5);
    }
  });
}

function responses(context, lane, scene) {
  const { colours } = scene;
  const looks = { failed: ['bad-tint', 'bad'], cancelled: ['warn-tint', 'warn'], incomplete: ['warn-tint', 'warn'] };
  bars(scene.digest.responses, scene, (response, left, right) => {
    const [fill, edge] = looks[response.status] ?? ['model-tint', 'model'];
    bar(context, lane, left, right, colours[fill], colours[edge], response.status.replace('_', ' '), colours.ink);
  });
}

function tools(context, lane, scene) {
  const { colours } = scene;
  bars(scene.digest.calls.list, scene, (call, left, right) => {
    const bad = call.status === 'failed';
    bar(context, lane, left, right, bad ? colours['bad-tint'] : colours.surface, bad ? colours.bad : colours.focus, call.name, colours.ink);
  });
}

function events(context, lane, { digest, scale, place, colours }) {
  const series = digest.ticks[lane.family];
  context.fillStyle = { errors: colours.bad, 'audio-in': colours.user, 'audio-out': colours.model, page: colours.soft }[lane.family] ?? colours.ink;
  context.fillRect(place.left, lane.top + lane.height - 1, place.right - place.left, 0.25);
  for (let index = series.from(scale.from); index < series.length && series.at(index) <= scale.to;) {
    const x = Math.floor(scale.x(series.at(index)));
    context.fillRect(x, lane.top + 2, lane.family === 'errors' ? 3 : 1.5, lane.height - 4);
    index = Math.max(index + 1, series.from(scale.at(x + 1), index));
  }
}

const PAINTERS = {
  user: loudness(digest => digest.user, 'user'),
  model: loudness(digest => digest.playout.loudness, 'model'),
  ahead, turns, responses, tools, events,
};

/**
 * Interruptions, truncations and errors cross all lanes, unless there are too many; their shapes tell them apart. A truncation
 * mostly follows an interruption at once, so its shape is higher up.
 */
function marks(context, { digest, scale, place, colours }) {
  const first = partition(digest.marks.length, index => digest.marks[index].at < scale.from);
  const last = partition(digest.marks.length, index => digest.marks[index].at <= scale.to, first);
  const few = (last - first) * LEAST_BETWEEN < place.right - place.left;
  const drawn = {};
  for (let index = first; index < last; index++) {
    const { at, kind } = digest.marks[index];
    const x = Math.round(scale.x(at)) + 0.5;
    if (x < drawn[kind] + 1) {
      continue;
    }
    drawn[kind] = x;
    context.fillStyle = context.strokeStyle = kind === 'error' ? colours.bad : colours.warn;
    if (few) {
      context.setLineDash(kind === 'truncated' ? [2, 3] : []);
      line(context, x, place.ruler, place.height);
      context.setLineDash([]);
    }
    SHAPES[kind](context, x, place.ruler - 2);
  }
}

const SHAPES = {
  interrupted: (context, x, y) => polygon(context, [[x - 5, y - 6], [x + 5, y - 6], [x, y + 2]]),
  truncated: (context, x, y) => polygon(context, [[x - 4, y - 12], [x, y - 16], [x + 4, y - 12], [x, y - 8]]),
  error: (context, x, y) => context.fillRect(x - 4, y - 6, 8, 8),
};

function polygon(context, points) {
  context.beginPath();
  points.forEach(([x, y]) => context.lineTo(x, y));
  context.fill();
}

function pointers(context, { scale, place, colours, selected, cursor, playhead }) {
  const upright = (at, colour, width) => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    line(context, Math.round(scale.x(at)) + 0.5, 0, place.height);
    context.lineWidth = 1;
  };
  if (cursor !== null) {
    upright(cursor, colours['strong-line'], 1);
  }
  if (selected) {
    upright(selected.at, colours.focus, 2);
  }
  if (playhead !== null) {
    upright(playhead, colours.ink, 1.5);
    context.fillStyle = colours.ink;
    polygon(context, [[scale.x(playhead) - 5, 0], [scale.x(playhead) + 6, 0], [scale.x(playhead) + 0.5, 7]]);
  }
}
