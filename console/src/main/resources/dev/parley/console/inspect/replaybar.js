// The controls of a replay, and the words as they came.
import { html } from '../vendor/htm-preact.js';
import { clock } from './format.js';
import { useChanges } from './hooks.js';

const SPEEDS = [0.5, 1, 2];
const FRAME_MS = 40;
const SHOWN = 4;
const NAMES = { user: 'You', assistant: 'Model' };

export function ReplayBar({ journal, replay, visible }) {
  useChanges(replay, visible, FRAME_MS);
  const { position, playing, speed } = replay;
  if (journal.live) {
    return html`<p class="small soft" data-testid="replay">This conversation can be replayed when it is over.</p>`;
  }
  const told = `${clock(position, 1)} of ${clock(journal.end, 1)}`;
  return html`
    <section class="card replay" aria-labelledby="replay-title">
      <header><h2 id="replay-title">Replay</h2><span class="small soft">You on the left, the model on the right</span></header>
      <div class="replay-controls">
        <button class="button" type="button" data-testid="replay" onClick=${() => (playing ? replay.pause() : replay.play())}>${playing ? 'Pause' : 'Play'}</button>
        <input type="range" data-testid="replay-position" aria-label="Position" aria-valuetext=${told} min="0" max=${Math.max(1, Math.round(journal.end))} step="10"
          value=${Math.round(position)} onInput=${event => replay.seek(Number(event.target.value))} />
        <span class="number small position" data-testid="replay-time">${told}</span>
        <span class="speeds" role="group" aria-label="Speed">${SPEEDS.map(each => html`
          <button class="button small" type="button" data-testid=${`replay-speed-${each}`} aria-pressed=${each === speed ? 'true' : 'false'} onClick=${() => replay.at(each)}>${each}×</button>`)}</span>
      </div>
      ${(playing || position > 0) && html`<${Captions} journal=${journal} position=${position} />`}
    </section>`;
}

function Captions({ journal, position }) {
  const said = journal.digest.words.until(position, SHOWN);
  return html`<div class="replayed" data-testid="replay-captions">
    ${said.length === 0 && html`<p class="nothing soft small">Nothing has been said yet.</p>`}
    ${said.map(({ caption, text }) => {
      const heard = caption.heard === null ? text.length : Math.min(caption.heard, text.length);
      return html`<p key=${caption.itemId}><span class=${`pill ${caption.role === 'user' ? 'user' : 'model'}`}>${NAMES[caption.role]}</span>
        <span>${text.slice(0, heard)}${heard < text.length && html`<s class="unheard" title="Generated, and never heard"><span class="visually-hidden">never heard: </span>${text.slice(heard)}</s>`}</span></p>`;
    })}</div>`;
}
