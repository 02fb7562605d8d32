// The table of tool calls.
import { html } from '../vendor/htm-preact.js';
import { text } from '../lib/wire.js';
import { clock, span } from './format.js';

const LOOKS = { done: '', failed: 'bad', cancelled: 'warn', called: '' };
const STATUS = { called: 'called', done: 'done', failed: 'failed', cancelled: 'cancelled' };
const LATEST = 500;

export function ToolTable({ journal, select }) {
  const { list } = journal.digest.calls;
  return html`
    <section class="card" aria-labelledby="tools-title">
      <header><h2 id="tools-title">Tool calls</h2>${list.length > LATEST && html`<span class="small soft">the latest ${LATEST} of ${list.length}</span>`}</header>
      ${list.length === 0 ? html`<p class="soft" data-testid="tools-table">No tool was called.</p>` : html`
      <div class="scroll" tabindex="0" role="group" aria-label="Tool calls">
        <table data-testid="tools-table">
          <thead><tr><th scope="col">Time</th><th scope="col">Tool</th><th scope="col">Arguments</th><th scope="col">Result</th><th scope="col" class="number">Duration</th><th scope="col">Status</th></tr></thead>
          <tbody>${list.slice(-LATEST).map(call => html`
            <tr key=${call.callId}>
              <td><button class="link number" type="button" disabled=${call.seq === undefined} onClick=${() => select(call.seq)} aria-label=${`Show the call at ${clock(call.at)}`}>${clock(call.at, 1)}</button></td>
              <td class="mono">${call.name}</td>
              <td class="mono value">${compact(call.arguments)}</td>
              <td class="mono value">${text(call.result)}</td>
              <td class="number">${call.end === null ? '–' : span(call.end - call.at)}</td>
              <td><span class=${`pill ${LOOKS[call.status] ?? ''}`}>${STATUS[call.status] ?? call.status}</span></td>
            </tr>`)}</tbody>
        </table>
      </div>`}
    </section>`;
}

/** Without the line breaks that models put in. */
function compact(json) {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}
