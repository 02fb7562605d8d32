// What one may say, for who comes here for the first time.
import { html } from '../vendor/htm-preact.js';

const LOCAL = ['What is twelve times three?', 'Turn on the kitchen light', 'What time is it?', 'Book a table for two at seven', 'What can you do?'];
const OTHERS = ['Turn on the kitchen light', 'Tell me a short story about a lighthouse', 'Count slowly from one to thirty'];

export function Hints({ provider, say }) {
  const local = provider?.name === 'local';
  return html`
    <div class="hints">
      <p>${local ? 'The embedded provider understands short English phrases. Say one of these, or press it to send it as text:' : 'Say anything. For instance:'}</p>
      <ul>
        ${(local ? LOCAL : OTHERS).map(phrase => html`<li><button type="button" class="button small" disabled=${!say} onClick=${() => say(phrase)}>${phrase}</button></li>`)}
      </ul>
      <p class="soft small">${local ? '“What can you do?” has a long answer: speak over it.' : 'Speak over a long answer, and it stops.'}</p>
    </div>`;
}
