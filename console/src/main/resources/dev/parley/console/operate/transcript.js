// What is said in a session, as it is spoken. It stays at the newest word unless somebody has scrolled up to read.
import { html, useLayoutEffect, useRef, useState } from '../vendor/htm-preact.js';
import { clock } from './figures.js';

const SPEAKERS = { user: 'User', assistant: 'Model', system: 'System' };
// Not in the templates: htm keeps elements that never change, and with them the list that they were first in.
const INTERRUPTED = 'interrupted';
const STILL = 'still speaking';
const NEAR = 48; // pixels from the end that still count as there

/** `over`: no more will be said. */
export function Transcript({ said, over }) {
  const box = useRef(null);
  const [following, follow] = useState(true);
  const toEnd = () => { box.current.scrollTop = box.current.scrollHeight; };
  useLayoutEffect(() => { if (following) toEnd(); }, [said, following]);

  const moved = ({ target }) => follow(target.scrollHeight - target.scrollTop - target.clientHeight < NEAR);
  const spoken = said.findLast(turn => turn.done && turn.text);
  return html`
    <div class="transcript">
      <ol class="said" data-testid="session-transcript" aria-label="Transcript" tabindex="0" ref=${box} onScroll=${moved}>
        ${said.map(turn => html`<${Turn} key=${turn.item_id} turn=${turn} over=${over} />`)}
        ${said.length === 0 && html`<li class="soft small">Nothing has been said yet.</li>`}
      </ol>
      ${!following && html`<button class="button small newest" type="button" onClick=${() => follow(true)}>To the newest</button>`}
      <p class="visually-hidden" aria-live="polite">${spoken && `${speaker(spoken)}: ${spoken.text}`}</p>
    </div>`;
}

const speaker = ({ role }) => SPEAKERS[role] ?? role;

function Turn({ turn, over }) {
  const { role, text, at, interrupted, done } = turn;
  return html`
    <li class=${`turn ${role === 'user' ? 'user' : 'model'}`}>
      <p class="by"><b>${speaker(turn)}</b> <time class="soft number">${clock(at)}</time>${interrupted && html`<span class="pill warn">${INTERRUPTED}</span>`}</p>
      <p class="text">${text}${!done && !over && html`<span class="speaking" role="img" aria-label=${STILL}></span>`}</p>
    </li>`;
}
