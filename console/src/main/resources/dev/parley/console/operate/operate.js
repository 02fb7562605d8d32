// The view for whoever runs the gateway: what it does now, how fast, and for whom.
import { html, useEffect, useMemo, useReducer, useRef, useState } from '../vendor/htm-preact.js';
import { Admin } from '../lib/admin.js';
import { remembered } from '../lib/remembered.js';
import { Charts } from './charts.js';
import { Facts } from './facts.js';
import { clock } from './figures.js';
import { Gateway } from './gateway.js';
import { KeyForm } from './key.js';
import { RANGES } from './samples.js';
import { Session } from './session.js';
import { Sessions } from './sessions.js';

const WAYS = { connecting: ['connecting', ''], live: ['live', 'good'], lost: ['not reached', 'bad'], key_needed: ['locked', 'warn'], refused: ['refused', 'warn'], absent: ['not there', 'warn'] };

export function Operate({ visible }) {
  const gateway = useMemo(() => new Gateway(new Admin()), []);
  const [attempt, again] = useReducer(n => n + 1, 0);
  const on = useInSight(visible);
  const beat = useBeat(gateway);
  const [range, setRange] = useState(() => RANGES.find(({ name }) => name === remembered.get('operate.range', '')) ?? RANGES[0]);
  const [table, setTable] = useState(false);
  const [opened, open] = useState(null);
  useEffect(() => remembered.set('operate.range', range.name), [range]);

  // Nothing streams to a page that nobody sees.
  useEffect(() => {
    if (!on) return undefined;
    const link = new AbortController();
    gateway.follow(link.signal);
    return () => link.abort();
  }, [gateway, on, attempt]);

  const close = () => {
    const row = document.querySelector(`tr[data-id="${CSS.escape(opened)}"] button`) ?? document.querySelector('.operate .search input');
    open(null);
    requestAnimationFrame(() => row?.focus());
  };
  const { state, admin, overview, sessions, total, samples, epoch } = gateway;
  const stale = state !== 'live' && state !== 'connecting';
  const known = overview !== null;
  return html`
    <div class=${`operate${stale ? ' stale' : ''}${opened ? ' with-session' : ''}`}>
      <div class="bar">
        <h1>Operate</h1>
        <${Way} state=${state} />
        <span class="spring"></span>
        ${known && html`<${Ranges} range=${range} setRange=${setRange} table=${table} setTable=${setTable} />`}
      </div>
      <${Notice} gateway=${gateway} again=${() => gateway.hurry()} restart=${again} />
      ${state === 'key_needed' && html`<${KeyForm} key=${attempt} wrong=${admin.hasKey} use=${(key, keep) => { admin.useKey(key, keep); again(); }} />`}
      ${known && html`
        <${Facts} overview=${overview} sessions=${total} live=${state === 'live'} />
        <${Charts} samples=${samples} range=${range} beat=${beat} table=${table} />
        <div class="people">
          <${Sessions} sessions=${sessions} total=${total} opened=${opened} open=${open} />
          ${opened && html`
            <${Session} admin=${admin} id=${opened} row=${sessions?.find(({ id }) => id === opened)} on=${on && state === 'live'} epoch=${epoch} live=${state === 'live'} close=${close} />`}
        </div>`}
    </div>`;
}

function Way({ state }) {
  const [text, look] = WAYS[state];
  return html`<span class=${`pill way ${look}`} role="status">${text}</span>`;
}

function Ranges({ range, setRange, table, setTable }) {
  return html`
    <div class="choices" role="group" aria-label="Range of time">
      ${RANGES.map(one => html`<button class="button small" type="button" key=${one.name} aria-pressed=${String(one === range)} onClick=${() => setRange(one)}>${one.name}</button>`)}
    </div>
    <button class="button small" type="button" aria-pressed=${String(table)} onClick=${() => setTable(!table)}>As a table</button>`;
}

/** What is wrong and what to do about it; it is always in the page, so that what comes into it is read out. */
function Notice({ gateway, again, restart }) {
  const { state, error, heardAt } = gateway;
  return html`
    <div role="status" data-testid="operate-notice" class="notices">
      ${state === 'lost' && html`
        <div class="notice bad">
          <div>
            <b>The gateway cannot be reached.</b> ${error.status === 0 ? 'It has stopped, or the network to it is down.' : error.message}
            ${heardAt ? ` What you see is from ${clock(heardAt)}.` : ''} This page tries again by itself.
          </div>
          <button class="button small" type="button" onClick=${again}>Try now</button>
        </div>`}
      ${state === 'refused' && html`
        <div class="notice">
          <div>
            <b>The admin API is not open to you.</b> From another machine it needs an admin key, and this gateway has none. Start it with
            ${' '}<code>PARLEY_ADMIN_KEY</code> set to a long secret, then give that key here.
          </div>
          <button class="button small" type="button" onClick=${restart}>Try again</button>
        </div>`}
      ${state === 'absent' && html`
        <div class="notice">
          <div><b>This gateway has no admin API.</b> It may be switched off in its configuration, or the gateway may be older than this page.</div>
          <button class="button small" type="button" onClick=${restart}>Try again</button>
        </div>`}
    </div>`;
}

/** Whether the view is shown, in a page that is. */
function useInSight(visible) {
  const [page, setPage] = useState(!document.hidden);
  useEffect(() => {
    const changed = () => setPage(!document.hidden);
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, []);
  return visible && page;
}

/** A number that changes when the gateway has news, at most once a frame. */
function useBeat(gateway) {
  const [beat, next] = useReducer(n => n + 1, 0);
  const frame = useRef(0);
  useEffect(() => {
    const news = () => {
      if (frame.current) return;
      frame.current = requestAnimationFrame(() => {
        frame.current = 0;
        next();
      });
    };
    gateway.addEventListener('change', news);
    return () => {
      gateway.removeEventListener('change', news);
      cancelAnimationFrame(frame.current);
    };
  }, [gateway]);
  return beat;
}
