// Conversations as files: JSON Lines in the form that `./parley conformance` reads (docs/conformance.md).
import { Journal } from './journal.js';
import { Pace } from './pace.js';
import { durationOf, fromBase64, toBase64 } from './sound.js';
import { audioField } from './wire.js';

export const MOST_BYTES = 256 * 1024 * 1024;
const MOST_PROBLEMS = 100;
const DIRECTIONS = { sent: 'sent', recv: 'received' };
const SEEN = new Set(['state', 'open', 'close', 'error', 'interrupted', 'turn', 'tool', 'playback', 'heard']);
/** The fields of what the page saw that must be numbers, and those that must be numbers if they are there. */
const NUMBERS = { turn: ['silence_ms', 'sound_ms', 'ms'], interrupted: ['heard_ms'], playback: ['ms'], heard: ['characters'] };
const NUMBERS_IF_TOLD = { tool: ['at_ms', 'ended_ms'] };
/** What a byte of silence is, for audio that is no longer kept. */
const SILENCE = { 'audio/pcmu': 0xff, 'audio/pcma': 0xd5 };
const LINES_AT_ONCE = 2000;
const DAY_MS = 24 * 3_600_000;

const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The page stays at hand meanwhile. */
const breath = () => new Promise(done => setTimeout(done));

/** A journal as a file. */
export async function writeTrace(journal) {
  const parts = [];
  let lines = journal.dropped && journal.about.provider !== undefined ? [heading(journal)] : [];
  for (const entry of [...journal.entries]) {
    lines.push(JSON.stringify(lineOf(entry, journal.digest)));
    if (lines.length >= LINES_AT_ONCE) {
      parts.push(`${lines.join('\n')}\n`);
      lines = [];
      await breath();
    }
  }
  parts.push(lines.map(line => `${line}\n`).join(''));
  return new Blob(parts, { type: 'application/jsonl' });
}

/** Who answers, and in which formats, is told when the conversation begins, and may have been so long ago that it is no longer kept. */
function heading({ entries, digest, about: { provider, model, wire, sessionId } }) {
  const formatOf = way => entries.find(({ direction, format }) => direction === way && format)?.format ?? digest.format(way);
  const formats = { input: formatOf('sent'), output: formatOf('received') };
  return JSON.stringify({ dir: 'page', kind: 'open', at_ms: rounded(entries[0]?.at ?? 0), data: { session_id: sessionId, resumed: false, provider, model, wire, formats } });
}

const rounded = ms => Math.round(ms * 1000) / 1000;

function lineOf(entry, digest) {
  if (entry.kind === 'http') {
    return entry.event;
  }
  const at = rounded(entry.at);
  if (entry.kind !== 'event') {
    return { dir: 'page', kind: entry.kind, at_ms: at, data: entry.data };
  }
  const line = { dir: entry.direction === 'sent' ? 'sent' : 'recv', kind: 'message', at_ms: at, data: wholeEvent(entry, placeOf(entry, digest)) };
  return entry.audioBytes && !entry.audio ? { ...line, silenced: true } : line;
}

/** Binary messages leave out of which response their item is, and as which of its items; JSON has both. */
const placeOf = ({ direction, event }, digest) => (direction === 'received' ? digest.places.get(event.item_id) : undefined);

/** The event as JSON has it, with its audio; of audio that is no longer kept, silence of its length. */
export function wholeEvent({ event, audio, audioBytes, format }, place = {}) {
  const field = audioField(event);
  if (!field || !audioBytes) {
    return event;
  }
  return { ...place, ...event, [field]: toBase64(audio ?? new Uint8Array(audioBytes).fill(SILENCE[format?.type] ?? 0)) };
}

/** Why a file cannot be read at all; the message may be shown. */
export class TraceError extends Error {}

/**
 * Reads a file. Lines that cannot be read are told in `source.problems` and left out; where no line has a time, times that are
 * plausible are given (`source.timed` is false).
 */
export async function readTrace(file) {
  if (file.size > MOST_BYTES) {
    throw new TraceError(`${file.name} has ${Math.ceil(file.size / 1024 / 1024)} MB. A file may have ${MOST_BYTES / 1024 / 1024} MB; split it, or leave out audio.`);
  }
  const { lines, problems } = await parsed(file);
  if (lines.length === 0) {
    throw new TraceError(`${file.name} has no line of a recording. Choose a JSON Lines file: one message in each line, such as {"dir":"recv","kind":"message","data":{…}}.`);
  }
  const journal = new Journal();
  const timed = lines.some(line => Number.isFinite(line.at_ms));
  journal.source = { name: file.name, problems, timed };
  journal.digest.observed = lines.some(line => line.dir === 'page');
  const clock = timed ? new Told(lines, problems) : new Pace();
  for (const [index, line] of lines.entries()) {
    try {
      add(journal, line, clock, problems);
    } catch {
      tell(problems, line.number, 'holds something that was not expected there; it is shown only as an event');
    }
    lines[index] = null; // Its text is no longer needed, and is large.
    if (index % LINES_AT_ONCE === 0) {
      await breath();
    }
  }
  journal.digest.settle();
  if (!timed) {
    // What was made up is no measurement.
    journal.digest.turns = [];
  }
  return journal;
}

async function parsed(file) {
  const lines = [];
  const problems = [];
  let number = 0;
  for await (const text of textLines(file)) {
    number++;
    const line = text.trim() && parsedLine(text);
    if (isObject(line)) {
      lines.push(Object.assign(line, { number }));
    } else if (line) {
      tell(problems, number, line);
    }
  }
  return { lines, problems };
}

async function* textLines(file) {
  let rest = '';
  for await (const chunk of chunks(file.stream().pipeThrough(new TextDecoderStream()))) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  yield rest;
}

/** Not every browser can iterate a stream. */
async function* chunks(stream) {
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    yield read.value;
  }
}

/** The line, or in words what is wrong with it. */
function parsedLine(text) {
  let line;
  try {
    line = JSON.parse(text);
  } catch {
    return 'is no JSON';
  }
  if (!isObject(line)) {
    return 'is no JSON object';
  }
  if (isObject(line.request) && isObject(line.response)) {
    return line;
  }
  if (DIRECTIONS[line.dir] && isObject(line.data)) {
    return line;
  }
  if (line.dir === 'page' && SEEN.has(line.kind) && isObject(line.data)) {
    const wrong = wrongNumber(line.kind, line.data);
    return wrong ? `has no number in "${wrong}", and is left out` : line;
  }
  return typeof line.dir === 'string' && line.kind && line.kind !== 'message'
    ? 'is no message, and is left out'
    : 'is neither a message ("dir" with "sent" or "recv", and an object in "data") nor an exchange ("request" and "response")';
}

/** The field of what the page saw that should be a number and is none; undefined if all are. */
function wrongNumber(kind, data) {
  return NUMBERS[kind]?.find(field => !Number.isFinite(data[field]))
    ?? NUMBERS_IF_TOLD[kind]?.find(field => data[field] !== undefined && data[field] !== null && !Number.isFinite(data[field]));
}

function tell(problems, line, text) {
  if (problems.length < MOST_PROBLEMS) {
    problems.push({ line, text });
  }
}

/** The times that the file tells; a line without one is as late as the one before. */
class Told {
  #now = 0;
  #start;
  #problems;

  /** Times of a calendar, such as of the epoch, are taken from the first one on. */
  constructor(lines, problems) {
    const first = lines.find(line => Number.isFinite(line.at_ms)).at_ms;
    this.#start = Math.abs(first) > DAY_MS ? first : 0;
    this.#problems = problems;
  }

  at({ at_ms: told, number }) {
    const at = told - this.#start;
    if (Number.isFinite(told) && Math.abs(at) <= DAY_MS) {
      this.#now = Math.max(this.#now, at);
    } else if (told !== undefined && told !== null) {
      tell(this.#problems, number, 'has a time ("at_ms") that is no number, or more than a day from the first; it is shown at the time of the one before');
    }
    return this.#now;
  }
}

function add(journal, line, clock, problems) {
  if (line.request) {
    const { number, ...exchange } = line;
    journal.exchange(clock.at(line, 'http', {}, 0), exchange);
  } else if (line.dir === 'page') {
    journal.observe(clock.at(line, 'page', {}, 0), line.kind, line.data);
  } else {
    message(journal, line, clock, problems);
  }
}

function message(journal, line, clock, problems) {
  const direction = DIRECTIONS[line.dir];
  const field = audioField(line.data);
  const audio = field && typeof line.data[field] === 'string' ? fromBase64(line.data[field]) : null;
  if (!audio?.length) {
    if (field && audio === null) {
      tell(problems, line.number, `has no base64 in "${field}"; the event is shown without sound`);
    }
    journal.message(clock.at(line, direction, line.data, 0), direction, line.data);
    return;
  }
  const { [field]: _, ...event } = line.data;
  const at = clock.at(line, direction, event, durationOf(audio.length, journal.digest.format(direction)));
  journal.message(at, direction, event, {
    audio: line.silenced ? null : audio, audioBytes: audio.length, binary: journal.about.wire?.binary ?? false,
  });
}
