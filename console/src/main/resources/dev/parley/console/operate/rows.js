// What a row tells of a session, and which rows are shown in which order.
import { html } from '../vendor/htm-preact.js';
import { count, latency, rate, span } from './figures.js';

/** Who holds a session: the name of the key, else of the person, else where it comes from. */
export const whoOf = ({ who, client_id: client }) => who?.key ?? who?.principal ?? who?.remote ?? client ?? 'unknown';

/** What a session does, as a word, a verb that may be left out, and the look of both. */
export function stateOf({ state, speaking }) {
  if (state !== 'live') return { word: state, look: 'warn' };
  if (speaking === 'user' || speaking === 'model') return { word: speaking, verb: 'speaks', look: speaking };
  return { word: 'quiet', look: '' };
}

/** The same as an element. */
export function State({ session }) {
  const { word, verb, look } = stateOf(session);
  return html`<span class=${`pill ${look}`}>${word}${verb && html`<span class="verb"> ${verb}</span>`}</span>`;
}

const said = session => session.voice_to_voice_ms ?? {};
const rates = session => session.rates ?? {};

/** The columns: `value` is sorted by, `show` reads well. A column of numbers is sorted from the most at first. */
export const COLUMNS = [
  { id: 'who', label: 'Who', value: whoOf },
  { id: 'remote', label: 'Address', value: session => session.who?.remote },
  { id: 'agent', label: 'Agent', value: session => session.agent },
  { id: 'provider', label: 'Provider', value: session => session.provider },
  { id: 'model', label: 'Model', value: session => session.model },
  { id: 'state', label: 'State', value: session => stateOf(session).word },
  { id: 'age', label: 'Age', value: session => session.age_ms, show: span, number: true },
  { id: 'turns', label: 'Turns', value: session => session.turns, show: count, number: true },
  { id: 'last', label: 'Last answer', hint: 'End of speech to first sound of the answer, in the last turn', value: session => said(session).last, show: latency, number: true },
  { id: 'p50', label: 'p50', hint: 'Half of the answers came within', value: session => said(session).p50, show: latency, number: true },
  { id: 'p95', label: 'p95', hint: '95 of 100 answers came within', value: session => said(session).p95, show: latency, number: true },
  { id: 'up', label: 'To provider', value: session => rates(session).to_provider_bytes, show: rate, number: true },
  { id: 'down', label: 'To client', value: session => rates(session).to_client_bytes, show: rate, number: true },
  { id: 'errors', label: 'Errors', value: session => session.errors, show: count, number: true },
];

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The sessions that hold every word of `search`, in the order of one column. */
export function arranged(sessions, search, { column, down }) {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  const { value } = COLUMNS.find(({ id }) => id === column) ?? COLUMNS[0];
  return sessions
    .filter(session => wanted.length === 0 || holds(session, wanted))
    .sort((a, b) => compare(value(a), value(b), down) || collator.compare(a.id, b.id));
}

function holds(session, wanted) {
  const { who, id, client_id: client, agent, provider, model } = session;
  const text = [who?.key, who?.principal, who?.remote, id, client, agent, provider, model, stateOf(session).word].join('\n').toLowerCase();
  return wanted.every(word => text.includes(word));
}

// What is not known comes last, whichever way round.
function compare(a, b, down) {
  const noA = a === null || a === undefined;
  const noB = b === null || b === undefined;
  if (noA || noB) return noA - noB;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(a, b);
  return down ? -order : order;
}
