// Tokens by modality, and what they cost.
import { html, useState } from '../vendor/htm-preact.js';
import { costOf, KINDS, othersOf, PRICES_AS_OF, setPrices, sumOf } from '../lib/prices.js';
import { clock, dollars, number } from './format.js';

const LATEST = 500;
const COLUMNS = Object.keys(KINDS);

const SOURCES = {
  free: () => 'The embedded provider runs on this gateway and costs nothing.',
  list: model => `Prices of ${model}: OpenAI's list prices as of ${PRICES_AS_OF}, in USD. They may have changed, and other hosts of the model may have others.`,
  own: model => `Prices of ${model}: those that you typed in. They are kept in this browser.`,
  unknown: model => (model ? `Prices of ${model} are not known here. Type them in to see the cost.` : 'It is not known which model answered, so there is no cost.'),
};

export function UsageTable({ journal, model, prices, changed, select }) {
  const [editing, edit] = useState(false);
  const { usages } = journal.digest;
  const responses = usages.filter(usage => !usage.transcription && usage.tokens);
  const heard = usages.filter(usage => usage.transcription);
  const shown = COLUMNS.filter(kind => kind.startsWith('text') || kind.startsWith('audio') || responses.some(usage => usage.tokens[kind]));
  return html`
    <section class="card" aria-labelledby="usage-title">
      <header>
        <h2 id="usage-title">Tokens and cost</h2>
        <span class="spring"></span>
        ${model && prices.source !== 'free' && html`<button class="button small" type="button" data-testid="edit-prices" aria-expanded=${editing ? 'true' : 'false'} onClick=${() => edit(!editing)}>Prices</button>`}
      </header>
      ${responses.length === 0
        ? html`<p class="soft" data-testid="usage-table">No response has told its usage${prices.source === 'free' ? '; the embedded provider costs nothing' : ' yet'}.</p>`
        : html`<${Table} responses=${responses} shown=${shown} prices=${prices.prices} select=${select} />`}
      ${heard.length > 0 && html`<p class="small soft">Transcription of the user, which is billed apart and not in the cost: ${transcribed(heard)}.</p>`}
      ${responses.length > 0 && html`<p class="small soft">${SOURCES[prices.source](model)}</p>`}
      ${editing && html`<${Prices} key=${model} model=${model} prices=${prices} done=${() => { edit(false); changed(); }} />`}
    </section>`;
}

function transcribed(heard) {
  const seconds = heard.reduce((sum, { usage }) => sum + (usage.seconds ?? 0), 0);
  const tokens = sumOf(heard.map(usage => usage.tokens)).total;
  return [seconds && `${number(seconds)} s`, tokens && `${number(tokens)} tokens`].filter(Boolean).join(', ') || 'no figures';
}

function Table({ responses, shown, prices, select }) {
  const sum = sumOf(responses.map(usage => usage.tokens));
  const others = responses.some(usage => othersOf(usage.usage).length);
  return html`
    <div class="scroll" tabindex="0" role="group" aria-label="Tokens of each response">
      <table data-testid="usage-table" class="usage">
        <thead><tr>
          <th scope="col">Response</th>
          ${shown.map(kind => html`<th scope="col" class="number">${KINDS[kind]}</th>`)}
          <th scope="col" class="number">Total</th><th scope="col" class="number">Cost</th>${others && html`<th scope="col">Also told</th>`}
        </tr></thead>
        <tbody>${responses.slice(-LATEST).map(usage => html`
          <tr key=${usage.seq}>
            <td><button class="link number" type="button" onClick=${() => select(usage.seq)} aria-label=${`Show the response that ended at ${clock(usage.at)}`}>${clock(usage.at, 1)}</button></td>
            <${Figures} tokens=${usage.tokens} shown=${shown} prices=${prices} />
            ${others && html`<td class="small soft">${othersOf(usage.usage).map(([name, value]) => `${name} ${Math.round(value * 1000) / 1000}`).join(', ')}</td>`}
          </tr>`)}</tbody>
        <tfoot><tr><th scope="row">All ${number(responses.length)}</th><${Figures} tokens=${sum} shown=${shown} prices=${prices} />${others && html`<td></td>`}</tr></tfoot>
      </table>
    </div>`;
}

function Figures({ tokens, shown, prices }) {
  const cost = costOf(tokens, prices);
  return html`
    ${shown.map(kind => html`<td class="number">${number(tokens[kind])}</td>`)}
    <td class="number">${number(tokens.total)}</td><td class="number">${cost === null ? '–' : dollars(cost)}</td>`;
}

function Prices({ model, prices, done }) {
  const [typed, type] = useState(() => Object.fromEntries(COLUMNS.map(kind => [kind, prices.prices?.[kind] ?? ''])));
  const save = event => {
    event.preventDefault();
    setPrices(model, Object.fromEntries(COLUMNS.map(kind => [kind, Number(typed[kind]) || 0])));
    done();
  };
  const forget = () => {
    setPrices(model, null);
    done();
  };
  return html`
    <form class="prices" onSubmit=${save} aria-label=${`Prices of ${model}`}>
      <p class="small">USD for a million tokens of <span class="mono">${model}</span>. They are kept in this browser.</p>
      <div class="price-fields">${COLUMNS.map(kind => html`
        <label class="field"><span>${KINDS[kind]}</span>
          <input type="number" min="0" step="any" inputmode="decimal" data-testid=${`price-${kind}`} value=${typed[kind]} onInput=${event => type({ ...typed, [kind]: event.target.value })} /></label>`)}
      </div>
      <div class="sounds"><button class="button small primary" type="submit" data-testid="save-prices">Keep these prices</button>
        ${prices.source === 'own' && html`<button class="button small" type="button" onClick=${forget}>Forget mine</button>`}</div>
    </form>`;
}
