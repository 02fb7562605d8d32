// The table of live sessions. Only the rows in sight (and some around them) are in the page, so that 500 are as fast as five.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../vendor/htm-preact.js';
import { remembered } from '../lib/remembered.js';
import { count } from './figures.js';
import { COLUMNS, State, arranged, whoOf } from './rows.js';

const AROUND = 10; // rows kept ready above and below
const STRIDE = 10;

export function Sessions({ sessions, total, opened, open }) {
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState(() => sortFrom(remembered.get('operate.sort', null)));
  const rows = useMemo(() => arranged(sessions ?? [], search, sort), [sessions, search, sort]);
  useEffect(() => remembered.set('operate.sort', sort), [sort]);

  return html`
    <section class="card sessions" aria-labelledby="operate-sessions-title">
      <header>
        <h2 id="operate-sessions-title">Live sessions</h2>
        <span class="soft small number">${sessions && tally(rows.length, sessions.length, total)}</span>
        <label class="search">
          <span class="visually-hidden">Search the sessions</span>
          <input type="search" placeholder="Search who, provider, model, id" value=${search} onInput=${event => setSearch(event.target.value)} autocomplete="off" spellcheck=${false} />
        </label>
      </header>
      <${Rows} rows=${rows} sort=${sort} setSort=${setSort} opened=${opened} open=${open} />
      ${sessions && rows.length === 0 && html`<${None} search=${search} total=${total} clear=${() => setSearch('')} />`}
    </section>`;
}

function tally(shown, known, total) {
  if (shown < known) return `${count(shown)} of ${count(total)}`;
  return known < total ? `the newest ${count(known)} of ${count(total)}` : count(total);
}

function None({ search, total, clear }) {
  if (total > 0 && search.trim()) {
    return html`<p class="none soft">No session holds “${search.trim()}”. <button class="button small" type="button" onClick=${clear}>Show all</button></p>`;
  }
  return html`<p class="none soft">No live sessions. Open <a href="#talk">Talk</a> in another tab and start to talk: the session appears here within a second.</p>`;
}

function Rows({ rows, sort, setSort, opened, open }) {
  const box = useRef(null);
  const [{ first, last, row }, setSight] = useState({ first: 0, last: 40, row: 37 });

  // Rows are of one height, which the stylesheet decides; it is asked for and not assumed. The part that is ready moves in
  // strides, so that most of scrolling is the browser's own.
  const measure = () => {
    const { current: at } = box;
    const one = at.querySelector('tbody tr[data-testid]')?.offsetHeight || row;
    const from = Math.max(0, Math.floor(at.scrollTop / one / STRIDE) * STRIDE - AROUND);
    const to = Math.ceil((at.scrollTop + at.clientHeight) / one / STRIDE) * STRIDE + AROUND;
    setSight(was => (was.first === from && was.last === to && was.row === one ? was : { first: from, last: to, row: one }));
  };
  useEffect(() => {
    const resized = new ResizeObserver(measure);
    resized.observe(box.current);
    return () => resized.disconnect();
  }, []);
  useLayoutEffect(measure, [rows.length]);

  const shown = rows.slice(first, last);
  const gap = n => n > 0 && html`<tr class="gap" aria-hidden="true"><td style=${{ height: `${n * row}px` }}></td></tr>`;
  return html`
    <div class="rows" ref=${box} onScroll=${measure} role="group" aria-label="Rows" tabindex="0">
      <table data-testid="operate-sessions" aria-rowcount=${rows.length + 1}>
        <thead>
          <tr aria-rowindex="1">${COLUMNS.map(column => html`<${Heading} key=${column.id} column=${column} sort=${sort} setSort=${setSort} />`)}</tr>
        </thead>
        <tbody>
          ${gap(Math.min(first, rows.length))}
          ${shown.map((session, i) => html`
            <${Row} key=${session.id} session=${session} index=${first + i + 2} opened=${session.id === opened} open=${open} />`)}
          ${gap(rows.length - first - shown.length)}
        </tbody>
      </table>
    </div>`;
}

function Heading({ column, sort, setSort }) {
  const { id, label, hint, number } = column;
  const mine = sort.column === id;
  const turn = () => setSort({ column: id, down: mine ? !sort.down : Boolean(number) });
  return html`
    <th scope="col" class=${`of-${id}${number ? ' number' : ''}`} aria-sort=${mine ? (sort.down ? 'descending' : 'ascending') : undefined}>
      <button type="button" onClick=${turn} title=${hint}>${label}<span class="order" aria-hidden="true">${mine ? (sort.down ? '↓' : '↑') : ''}</span></button>
    </th>`;
}

function Row({ session, index, opened, open }) {
  const cell = ({ id, value, show, number }) => {
    if (id === 'state') return html`<${State} session=${session} />`;
    const known = value(session);
    if (number) return known > 0 && id === 'errors' ? html`<b class="failed">${show(known)}</b>` : show(known);
    return known ?? '–';
  };
  return html`
    <tr data-testid="session-row" data-id=${session.id} aria-rowindex=${index} aria-current=${opened ? 'true' : undefined} onClick=${() => open(session.id)}>
      <td class="of-who">
        <button type="button" class="who" title=${session.id}>${whoOf(session)}</button>
        <span class="under soft">${session.provider} · ${session.model}</span>
      </td>
      ${COLUMNS.slice(1).map(column => html`<td key=${column.id} class=${`of-${column.id}${column.number ? ' number' : ''}`}>${cell(column)}</td>`)}
    </tr>`;
}

function sortFrom(kept) {
  return COLUMNS.some(({ id }) => id === kept?.column) ? { column: kept.column, down: kept.down === true } : { column: 'age', down: false };
}
