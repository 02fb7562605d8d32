// The charts of the gateway, each with a legend that tells the values under the cursor, and the same numbers as a table.
import { html, useEffect, useMemo, useRef, useState } from '../vendor/htm-preact.js';
import { clock, minute } from './figures.js';
import { MEASURES, drawn } from './measures.js';
import { Plot } from './plot.js';

/** All charts of `samples` over `range`, or the table of them. `beat` changes when the samples have. */
export function Charts({ samples, range, beat, table }) {
  const end = samples.newest?.at ?? Date.now();
  const fine = useMemo(() => samples.steps(range.ms, range.step), [samples, range, beat]);
  const coarse = useMemo(() => samples.steps(range.ms, range.bar), [samples, range, beat]);
  if (table) return html`<${Table} samples=${samples} range=${range} />`;
  return html`
    <div class="charts" role="region" aria-label="Charts" tabindex="0">
      ${MEASURES.map(measure => html`
        <${Chart} key=${measure.id} measure=${measure} steps=${measure.bars ? coarse : fine} all=${samples.last(range.ms)} range=${range} end=${end} />`)}
    </div>`;
}

function Chart({ measure, steps, all, range, end }) {
  const host = useRef(null);
  const plot = useRef(null);
  const [chosen, choose] = useState(null);
  const data = useMemo(() => drawn(measure, steps, end), [measure, steps, end]);

  useEffect(() => {
    plot.current = new Plot(host.current, measure, choose);
    return () => plot.current.close();
  }, [measure]);
  useEffect(() => { plot.current.show(data, (end - range.ms) / 1000, end / 1000); }, [data, range, end]);

  const step = chosen === null ? undefined : steps[chosen];
  const values = measure.series.map(series => series.show(step ? (step.samples.length ? series.of(step.samples) : null) : series.overall(all)));
  const empty = data.slice(1).every(line => line.every(value => value === null));
  const overall = measure.overall === 'now' ? 'now' : range.words;
  return html`
    <figure class="card chart" data-testid=${`chart-${measure.id}`}>
      <figcaption>
        <h2 title=${measure.hint}>${measure.title}</h2>
        <span class="soft small number">${step ? clock(data[0][chosen] * 1000) : overall}</span>
      </figcaption>
      <ul class="legend">
        ${measure.series.map((series, i) => html`
          <li><${Swatch} look=${series.look} /><span class="soft">${series.label}</span> <b class="number">${values[i]}</b></li>`)}
      </ul>
      <div class="plot" ref=${host} role="img" aria-label=${summary(measure, values, overall)}></div>
      ${empty && html`<p class="chart-empty soft small"><span>${measure.empty}</span></p>`}
    </figure>`;
}

const summary = (measure, values, when) => `${measure.title}, ${when}: ${measure.series.map((series, i) => `${series.label} ${values[i]}`).join(', ')}`;

/** The line of a series, small. Its dashes tell it apart where colours do not. */
function Swatch({ look }) {
  const paint = `var(${look.colour})`;
  return html`
    <svg class="swatch" viewBox="0 0 14 8" aria-hidden="true">
      ${look.bar
        ? html`<rect x="3" y="0" width="8" height="8" rx="1.5" style=${{ fill: paint }} />`
        : html`<line x1="0" y1="4" x2="14" y2="4" style=${{ stroke: paint, strokeWidth: Math.max(2, look.width), strokeDasharray: look.dash?.join(' ') ?? 'none' }} />`}
    </svg>`;
}

function Table({ samples, range }) {
  const rows = samples.steps(range.ms, range.row).filter(row => row.samples.length > 0).reverse();
  return html`
    <div class="card scroll" role="region" aria-label="Measurements" tabindex="0">
      <table class="measurements">
        <caption class="visually-hidden">Measurements of the ${range.words}, newest first</caption>
        <thead>
          <tr>
            <td></td>
            ${MEASURES.map(measure => html`<th class="number" scope="colgroup" colspan=${measure.series.length}>${measure.title}</th>`)}
          </tr>
          <tr>
            <th scope="col">From</th>
            ${MEASURES.map(measure => measure.series.map(series => html`<th class="number" scope="col">${series.label}</th>`))}
          </tr>
        </thead>
        <tbody>
          ${rows.map(row => html`
            <tr key=${row.at}>
              <th scope="row" class="number">${range.row < 60_000 ? clock(row.at) : minute(row.at)}</th>
              ${MEASURES.map(measure => measure.series.map(series => html`<td class="number">${series.show(series.of(row.samples))}</td>`))}
            </tr>`)}
        </tbody>
      </table>
    </div>`;
}
