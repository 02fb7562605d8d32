// What the gateway says of itself, as a strip of facts.
import { html } from '../vendor/htm-preact.js';
import { bytes, count, span, words } from './figures.js';

const SHOWN = 4; // reasons named before the rest are only counted

/** `live` false: the numbers stand still. */
export function Facts({ overview, sessions, live }) {
  if (!overview) return null;
  const { begun, ended } = overview.sessions;
  return html`
    <dl class="card strip" aria-label="The gateway">
      <${Fact} label="Sessions now" value=${count(live ? sessions ?? overview.sessions.live : sessions)} />
      <${Fact} label="Begun" value=${count(begun)} />
      <${Fact} label="Ended" value=${count(total(ended))} parts=${ended} />
      <${Fact} label="Refused" value=${count(total(overview.refusals))} parts=${overview.refusals} />
      <${Fact} label="To clients" value=${bytes(overview.to_client.bytes)} note=${`${span(overview.to_client.audio_ms)} of audio`} />
      <${Fact} label="To providers" value=${bytes(overview.to_provider.bytes)} note=${`${span(overview.to_provider.audio_ms)} of audio`} />
      <${Fact} label="Buffered" value=${bytes(overview.buffered_bytes)} note=${limit(overview)} />
      <${Fact} label="Up" value=${span(overview.uptime_ms)} note=${`version ${overview.version}`} />
    </dl>`;
}

function Fact({ label, value, note, parts }) {
  const named = Object.entries(parts ?? {}).filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
  const rest = named.slice(SHOWN).reduce((all, [, n]) => all + n, 0);
  return html`
    <div class=${parts && 'several'}>
      <dt>${label}</dt>
      <dd>${value}</dd>
      ${note && html`<dd class="notes">${note}</dd>`}
      ${named.length > 0 && html`
        <dd class="notes">
          ${named.slice(0, SHOWN).map(([code, n]) => html`<span key=${code}>${words(code)} <span class="number">${count(n)}</span></span>`)}
          ${rest > 0 && html`<span>other <span class="number">${count(rest)}</span></span>`}
        </dd>`}
    </div>`;
}

const total = counts => Object.values(counts).reduce((all, n) => all + n, 0);

const limit = overview => (overview.buffered_bytes_limit > 0 ? `of ${bytes(overview.buffered_bytes_limit)} allowed` : undefined);
