// JSON to be read: indented, coloured by kind, and what nobody reads folded.
import { html } from '../vendor/htm-preact.js';
import { audioField } from '../lib/wire.js';
import { number, span } from './format.js';

const LONG = 1500;
const MOST = 200_000;
const BASE64 = /^(data:[\w/+.-]+;base64,)?[A-Za-z0-9+/=_-]+$/;
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g;
const OPEN = '\u27e8';
const CLOSE = '\u27e9';

/** What is shown of an entry as an object, with its audio in words. */
function folded(entry) {
  const field = entry.audioBytes ? audioField(entry.event) : null;
  const value = entry.event ?? entry.data;
  return field ? { ...value, [field]: `${OPEN}${number(entry.audioBytes)} bytes, ${span(entry.audioMs)}${entry.audio ? '' : ', no longer kept'}${CLOSE}` } : value;
}

function short(key, value) {
  return typeof value === 'string' && value.length > LONG && BASE64.test(value)
    ? `${OPEN}${number(value.length)} characters of base64, about ${number(value.length * 3 / 4)} bytes${CLOSE}` : value;
}

export function Json({ entry }) {
  const text = JSON.stringify(folded(entry), short, 2);
  return html`<pre class="json" data-testid="event-json" tabindex="0" aria-label="The event as JSON">${coloured(text.slice(0, MOST))}${
    text.length > MOST ? html`\n<span class="folded">${OPEN}${number(text.length - MOST)} more characters; copy the event to see them${CLOSE}</span>` : ''}</pre>`;
}

function coloured(text) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon, figure] = match;
    parts.push(text.slice(done, match.index));
    if (string) {
      parts.push(html`<span class=${colon ? 'key' : string[1] === OPEN ? 'folded' : 'string'}>${string[1] === OPEN ? string.slice(1, -1) : string}</span>`, colon ?? '');
    } else {
      parts.push(html`<span class=${figure ? 'figure' : 'word'}>${whole}</span>`);
    }
    done = match.index + whole.length;
  }
  parts.push(text.slice(done));
  return parts;
}
