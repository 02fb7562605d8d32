// The view Inspect: everything that happened in a conversation, live or from a file.
import { html, useEffect, useMemo, useReducer, useRef, useState } from '../vendor/htm-preact.js';
import { pricesOf } from '../lib/prices.js';
import { Replay } from '../lib/replay.js';
import { readTrace, TraceError, writeTrace } from '../lib/trace.js';
import { Detail } from './detail.js';
import { Facts } from './facts.js';
import { clock, number } from './format.js';
import { useChanges } from './hooks.js';
import { Log } from './log.js';
import { ReplayBar } from './replaybar.js';
import { Timeline } from './timeline.js';
import { ToolTable } from './calls.js';
import { UsageTable } from './usage.js';

const TABLES_MS = 250;
const SHOWN_PROBLEMS = 10;

export function Inspect({ visible, journal, setJournal }) {
  useChanges(journal, visible, TABLES_MS);
  const [, changed] = useReducer(count => count + 1, 0);
  const [selected, select] = useState(null);
  const replay = useMemo(() => new Replay(journal), [journal]);
  const file = useFile(visible, setJournal);
  const conversation = useRef(null);
  if (!journal.source && !journal.empty) {
    conversation.current = journal;
  }
  useEffect(() => select(null), [journal]);
  useEffect(() => () => replay.close(), [replay]);
  useEffect(() => {
    if (!visible) {
      replay.pause();
    }
  }, [visible, replay]);

  const model = journal.digest.model ?? journal.about.model;
  const prices = pricesOf(journal.about.provider, model);
  return html`
    <div class=${`inspect${file.over ? ' over' : ''}`} ...${file.drop}>
      <div class="heading">
        <h1>Inspect</h1>
        <span class="soft small source">${sourceOf(journal)}</span>
        <span class="spring"></span>
        ${journal.source && conversation.current && html`<button class="button" type="button" onClick=${() => setJournal(conversation.current)}>Back to the conversation</button>`}
        <${LoadButton} load=${file.load} busy=${file.busy} />
        ${!journal.empty && html`<button class="button" type="button" data-testid="export" onClick=${() => save(journal)}>Export JSONL</button>`}
      </div>
      <div aria-live="polite" class="file-notices">
        ${file.failed && html`<div class="notice bad" role="alert"><div>${file.failed}</div></div>`}
        <${Notices} journal=${journal} />
      </div>
      ${journal.empty ? html`<${Empty} />` : html`
        <${Facts} journal=${journal} prices=${prices} />
        <${Timeline} journal=${journal} replay=${replay} visible=${visible} selected=${selected} select=${select} />
        <${ReplayBar} journal=${journal} replay=${replay} visible=${visible} />
        <div class="pair">
          <${Log} journal=${journal} replay=${replay} visible=${visible} selected=${selected} select=${select} />
          <${Detail} journal=${journal} selected=${selected} />
        </div>
        <div class="tables">
          <${ToolTable} journal=${journal} select=${select} />
          <${UsageTable} journal=${journal} model=${model} prices=${prices} changed=${changed} select=${select} />
        </div>`}
    </div>`;
}

function sourceOf(journal) {
  if (journal.source) {
    return `File ${journal.source.name}, ${number(journal.entries.length)} events`;
  }
  return journal.empty ? '' : journal.live ? 'The conversation that is going on' : 'The last conversation';
}

/** A file that is chosen or dropped. */
function useFile(visible, setJournal) {
  const [state, set] = useState({ busy: false, failed: '', over: false });
  const load = async chosen => {
    if (!chosen) {
      return;
    }
    set({ busy: true, failed: '', over: false });
    try {
      setJournal(await readTrace(chosen));
      set({ busy: false, failed: '', over: false });
    } catch (error) {
      const failed = error instanceof TraceError ? error.message : `${chosen.name} could not be read. Choose it again; it may have been moved or changed.`;
      set({ busy: false, failed, over: false });
    }
  };
  const drop = {
    onDragOver: event => {
      if (visible && event.dataTransfer.types.includes('Files')) {
        event.preventDefault();
        set(before => (before.over ? before : { ...before, over: true }));
      }
    },
    onDragLeave: event => {
      if (!event.currentTarget.contains(event.relatedTarget)) {
        set(before => ({ ...before, over: false }));
      }
    },
    onDrop: event => {
      event.preventDefault();
      load(event.dataTransfer.files[0]);
    },
  };
  return { ...state, load, drop };
}

function LoadButton({ load, busy }) {
  const input = useRef(null);
  const chosen = ({ target }) => {
    load(target.files[0]);
    target.value = '';
  };
  return html`
    <button class="button" type="button" disabled=${busy} onClick=${() => input.current.click()}>${busy ? 'Reading' : 'Load a file'}</button>
    <input ref=${input} type="file" hidden data-testid="load" accept=".jsonl,.ndjson,.json,application/jsonl" aria-label="Load a file" onChange=${chosen} />`;
}

function Notices({ journal }) {
  const { source } = journal;
  const problems = source?.problems ?? [];
  return html`
    ${source && !source.timed && html`<div class="notice"><div>This file has no times. Those shown are made up: speech takes as long as its audio, answers come a little later. No latency is measured.</div></div>`}
    ${problems.length > 0 && html`<div class="notice"><div data-testid="problems">Of ${source.name}, ${problems.length === 1 ? 'one line' : `${problems.length}${problems.length >= 100 ? ' or more' : ''} lines`} could not be used; the rest is shown.
      <ul>${problems.slice(0, SHOWN_PROBLEMS).map(({ line, text }) => html`<li>Line ${line} ${text}.</li>`)}</ul></div></div>`}
    ${journal.dropped > 0 && html`<div class="notice"><div>The first ${number(journal.dropped)} events are no longer kept; the timeline still shows where they were.</div></div>`}
    ${journal.foldedUntil !== null && html`<div class="notice"><div>Audio before ${clock(journal.foldedUntil, 0)} is no longer kept. In an export it is silence.</div></div>`}`;
}

function Empty() {
  return html`
    <div class="card empty">
      <h2>Nothing has happened yet</h2>
      <p>Start a conversation in <a href="#talk">Talk</a>. Here you will then see, while you speak, both voices and every event in time, each event as JSON, the latency of each turn, interruptions, tool calls, tokens and cost.</p>
      <p>Or load a recording, to look at it and hear it again: a JSON Lines file that was exported here, or any in the form that <code>./parley conformance</code> reads. Drop it on this page, or use the button above.</p>
    </div>`;
}

async function save(journal) {
  const address = URL.createObjectURL(await writeTrace(journal));
  const link = document.createElement('a');
  link.href = address;
  link.download = journal.source?.name ?? `parley-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.jsonl`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
