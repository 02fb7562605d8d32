// The conversation in words, as they are spoken.
import { Component, html, useEffect, useLayoutEffect, useRef, useState } from '../vendor/htm-preact.js';
import { heardOf } from '../lib/transcript.js';
import { milliseconds } from './stage.js';

const SHOWN = 150;
const NEAR = 48;

export function Captions({ conversation, children }) {
  const list = useRef(null);
  const [following, follow] = useState(true);
  const [all, showAll] = useState(false);
  useEffect(() => { follow(true); showAll(false); }, [conversation]);
  const entries = (conversation?.transcript.entries ?? []).filter(shows);
  const shown = all ? entries : entries.slice(-SHOWN);
  useLayoutEffect(() => {
    if (following && shown.length > 0) {
      list.current.scrollTop = list.current.scrollHeight;
    }
  });
  return html`
    <div class=${`captions-frame ${shown.length === 0 ? 'talk-empty' : ''}`}>
      <div class="captions" ref=${list} tabindex="0" role="log" aria-live="off" aria-label="What is said" data-testid="captions"
          onScroll=${() => shown.length > 0 && follow(nearEnd(list.current))}>
        ${shown.length < entries.length && html`
          <button type="button" class="button quiet small" onClick=${() => showAll(true)}>Show the ${entries.length - shown.length} before</button>`}
        ${shown.map(entry => html`<${Entry} key=${entry.key} entry=${entry} version=${entry.version} live=${conversation.active} />`)}
        ${shown.length === 0 && children}
      </div>
      ${!following && html`
        <button type="button" class="button small latest" onClick=${() => follow(true)}>Go to the latest</button>`}
    </div>`;
}

const shows = entry => entry.kind !== 'said' || entry.text !== '' || entry.role === 'user';

const nearEnd = list => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;

class Entry extends Component {
  shouldComponentUpdate(next) {
    return next.version !== this.props.version || next.live !== this.props.live;
  }

  render({ entry, live }) {
    return { said: Said, tool: Called, note: Note }[entry.kind]({ entry, live });
  }
}

function Said({ entry, live }) {
  const user = entry.role === 'user';
  const [heard, rest] = heardOf(entry);
  const cut = entry.interrupted || (!live && !user && rest !== '');
  return html`
    <article class=${`caption ${user ? 'user' : 'model'}`} data-testid="caption" data-role=${entry.role} data-done=${String(entry.done)}>
      <h3>${user ? 'You' : 'Model'}
        ${entry.latency && html`<span class="pill number" title=${entry.latency.typed ? 'From sending to the first sound' : 'From your last sound to the first of the answer'}>${milliseconds(entry.latency.ms)}</span>`}
        ${entry.interrupted && html`<span class="pill warn">interrupted</span>`}
      </h3>
      <p dir="auto">${entry.text === '' ? html`<span class="soft">${entry.done ? 'No words were understood.' : html`<span class="dots" aria-label="speaking">…</span>`}</span>` : heard}${rest !== '' && (cut ? html`<span class="unheard"><span class="visually-hidden"> Not heard: </span>${rest}</span>` : html`<span class="ahead">${rest}</span>`)}</p>
      ${cut && rest.trim() !== '' && html`<p class="small soft">You did not hear the struck-out words.</p>`}
    </article>`;
}

const OUTCOMES = { called: 'called', done: 'done', failed: 'failed', cancelled: 'cancelled' };

function Called({ entry }) {
  const { name, arguments: args, status, result } = entry;
  return html`
    <p class="called" data-testid="tool-call" data-status=${status}>
      <span class=${`pill ${status === 'failed' ? 'bad' : ''}`}>tool ${OUTCOMES[status] ?? status}</span>
      <code>${name}(${brief(args)})</code>
      ${result !== undefined && html`<span class="soft" aria-hidden="true">→</span> <code class="soft">${brief(result)}</code>`}
    </p>`;
}

function brief(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? '';
  const bare = text === '{}' ? '' : text;
  return bare.length > 160 ? `${bare.slice(0, 160)}…` : bare;
}

const Note = ({ entry }) => html`<p class="note soft small">${entry.text}</p>`;
