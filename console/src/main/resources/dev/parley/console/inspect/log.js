// The log of events: only the rows in view are in the page.
import { html, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from '../vendor/htm-preact.js';
import { partition } from '../lib/series.js';
import { familyOf, FAMILIES, summaryOf } from '../lib/wire.js';
import { AT_FIRST, DIRECTIONS, Filter } from './filter.js';
import { clock, number } from './format.js';
import { useChanges } from './hooks.js';

const ROW = 28;
const BEYOND = 8;
const SLICE_MS = 12;
const LIVE_MS = 120;
const SETTLED_MS = 700;
const ARROWS = { sent: '→', received: '←', page: '·', http: '⇄' };
const NAMES = { sent: 'sent', received: 'received', page: 'on this page', http: 'HTTP' };

const toggled = (set, value) => {
  const other = new Set(set);
  if (!other.delete(value)) {
    other.add(value);
  }
  return other;
};

export function Log({ journal, replay, visible, selected, select }) {
  const changes = useChanges(journal, visible, LIVE_MS);
  const [families, setFamilies] = useState(AT_FIRST);
  const [directions, setDirections] = useState(() => new Set(Object.keys(DIRECTIONS)));
  const [text, setText] = useState('');
  const filter = useMemo(() => new Filter(journal), [journal]);
  const [, again] = useReducer(count => count + 1, 0);
  const running = useRef(0);

  useMemo(() => filter.set({ families, directions, text }), [filter, families, directions, text]);
  useEffect(() => {
    const slice = () => {
      const more = filter.advance(SLICE_MS);
      again();
      running.current = more ? requestAnimationFrame(slice) : 0;
    };
    slice();
    return () => cancelAnimationFrame(running.current);
  }, [filter, families, directions, text, changes]);

  const outcome = useOutcome(() => (running.current ? '' : `${number(filter.rows.length)} of ${number(journal.entries.length)} events are shown`), [filter, families, directions, text]);

  return html`
    <section class="card log" aria-labelledby="log-title">
      <header>
        <h2 id="log-title">Events</h2>
        <span class="soft small number">${number(filter.rows.length)} of ${number(journal.entries.length)}${running.current ? ', searching' : ''}</span>
        <span class="visually-hidden" aria-live="polite">${outcome}</span>
        <span class="spring"></span>
        <input class="search" type="search" data-testid="log-search" placeholder="Search in the events" aria-label="Search in the events"
          value=${text} onInput=${event => setText(event.target.value)} />
      </header>
      <div class="chips" role="group" aria-label="Which events are shown">
        ${Object.entries(DIRECTIONS).map(([name, label]) => html`
          <${Chip} name=${name} label=${label} on=${directions.has(name)} onClick=${() => setDirections(toggled(directions, name))} />`)}
        <span class="divider" aria-hidden="true"></span>
        ${Object.entries(FAMILIES).filter(([name]) => name !== 'page').map(([name, label]) => html`
          <${Chip} name=${name} label=${label} count=${journal.digest.ticks[name].length} on=${families.has(name)} onClick=${() => setFamilies(toggled(families, name))} />`)}
      </div>
      <${Rows} journal=${journal} replay=${replay} visible=${visible} rows=${filter.rows} selected=${selected} select=${select} />
    </section>`;
}

/** What a change of the wishes led to, told once it has settled; what comes by itself is not told. */
function useOutcome(told, wishes) {
  const [outcome, tell] = useState('');
  const latest = useRef(told);
  latest.current = told;
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return undefined;
    }
    tell('');
    const timer = setInterval(() => {
      const words = latest.current();
      if (words) {
        clearInterval(timer);
        tell(words);
      }
    }, SETTLED_MS);
    return () => clearInterval(timer);
  }, wishes);
  return outcome;
}

function Chip({ name, label, count, on, onClick }) {
  return html`<button type="button" class="chip" data-testid=${`log-filter-${name}`} aria-pressed=${on ? 'true' : 'false'} onClick=${onClick}>
    ${label}${count === undefined ? null : html` <span class="number">${number(count)}</span>`}</button>`;
}

function Rows({ journal, replay, visible, rows, selected, select }) {
  const list = useRef(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  const stuck = useRef(journal.live);
  const index = selected === null ? -1 : partition(rows.length, each => rows[each] < selected);
  const current = rows[index] === selected ? index : -1;

  useEffect(() => {
    const sizes = new ResizeObserver(([{ contentRect }]) => setHeight(contentRect.height));
    sizes.observe(list.current);
    return () => sizes.disconnect();
  }, []);
  // While it is live the end stays in view, unless one has scrolled away from it.
  useLayoutEffect(() => {
    if (stuck.current && journal.live) {
      list.current.scrollTop = rows.length * ROW;
    }
  });
  useLayoutEffect(() => {
    if (current >= 0) {
      stuck.current = false;
      reveal(list.current, current);
    }
  }, [selected, current >= 0]);
  const playing = usePlaying(replay, journal, visible, rows, list);

  const scrolled = ({ target }) => {
    stuck.current = target.scrollTop + target.clientHeight > target.scrollHeight - ROW;
    setTop(target.scrollTop);
  };
  const go = to => {
    if (rows.length) {
      select(rows[Math.max(0, Math.min(rows.length - 1, to))]);
    }
  };
  const first = Math.max(0, Math.floor(top / ROW) - BEYOND);
  const shown = rows.slice(first, Math.ceil((top + height) / ROW) + BEYOND);
  return html`
    <div class="event-rows" ref=${list} data-testid="log" role="listbox" tabindex="0" aria-label="Events"
      aria-activedescendant=${current >= first && current < first + shown.length ? `log-${selected}` : undefined}
      onScroll=${scrolled} onKeyDown=${event => keyed(event, go, current, Math.floor(height / ROW) - 1, rows.length)}>
      <div class="sizer" style=${{ height: `${rows.length * ROW}px` }} role="presentation">
        ${shown.map((seq, offset) => html`<${Row} key=${seq} entry=${journal.entry(seq)} place=${first + offset} count=${rows.length}
          selected=${seq === selected} playing=${first + offset === playing} select=${select} />`)}
      </div>
      ${rows.length === 0 && html`<p class="none soft small">No event is of the chosen kinds${journal.empty ? '' : ' and has the searched text'}.</p>`}
    </div>`;
}

function keyed(event, go, current, page, count) {
  const to = {
    ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + page, PageUp: current - page, Home: 0, End: count - 1,
  }[event.key];
  if (to !== undefined && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    go(to);
  }
}

function reveal(list, index) {
  const top = index * ROW;
  if (top < list.scrollTop) {
    list.scrollTop = Math.max(0, top - ROW);
  } else if (top + ROW > list.scrollTop + list.clientHeight) {
    list.scrollTop = top + 2 * ROW - list.clientHeight;
  }
}

/** The row that a replay has come to, kept in view while it runs; -1 without a replay. */
function usePlaying(replay, journal, visible, rows, list) {
  useChanges(replay, visible, LIVE_MS);
  const position = replay.position;
  const playing = position > 0 ? partition(rows.length, each => (journal.entry(rows[each])?.at ?? 0) <= position) - 1 : -1;
  useLayoutEffect(() => {
    if (replay.playing && playing >= 0) {
      reveal(list.current, playing);
    }
  }, [playing]);
  return playing;
}

function Row({ entry, place, count, selected, playing, select }) {
  if (!entry) {
    return null;
  }
  const family = familyOf(entry);
  return html`
    <div class=${`row ${entry.direction} ${family}${playing ? ' playing' : ''}`} id=${`log-${entry.seq}`} data-testid="log-row" data-type=${entry.type} role="option"
      aria-selected=${selected ? 'true' : 'false'} aria-posinset=${place + 1} aria-setsize=${count}
      style=${{ top: `${place * ROW}px` }} onClick=${() => select(entry.seq)}>
      <span class="time">${clock(entry.at)}</span>
      <span class="direction" aria-hidden="true">${ARROWS[entry.direction]}</span><span class="visually-hidden">${NAMES[entry.direction]} </span>
      <span class="type">${entry.type}</span>
      <span class="says">${summaryOf(entry).slice(0, 300)}</span>
    </div>`;
}
