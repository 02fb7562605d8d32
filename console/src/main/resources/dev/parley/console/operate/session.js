// One session opened: its facts, its transcript as it is spoken, and what an operator can do with it.
import { html, useEffect, useRef, useState } from '../vendor/htm-preact.js';
import { Confirm } from './dialog.js';
import { clock, count, latency, rate, span, words } from './figures.js';
import { State, whoOf } from './rows.js';
import { Transcript } from './transcript.js';
import { useSession } from './watch.js';

/** `row` is what the table knows of it, newer than its stream at times; `live`: the gateway answers. */
export function Session({ admin, id, row, on, epoch, live, close }) {
  const { facts, said, ended } = useSession(admin, id, on, epoch);
  const [asking, ask] = useState(false);
  const [outcome, tell] = useState(null);
  const heading = useRef(null);
  const session = facts ?? row;
  const gone = ended !== null;
  const can = live && !gone && session?.state === 'live';

  useEffect(() => {
    tell(null);
    heading.current.focus({ preventScroll: true });
    heading.current.closest('.session').scrollIntoView({ block: 'nearest' });
  }, [id]);

  const path = `/admin/sessions/${encodeURIComponent(id)}`;
  const command = async (sent, done) => {
    tell({ text: 'Asking the gateway …' });
    try {
      await sent();
      tell({ text: done });
      return true;
    } catch (error) {
      tell({ text: error.status === 0 ? 'The gateway does not answer. Nothing was done; try again.' : error.message, bad: true });
      return false;
    }
  };
  const send = text => command(() => admin.post(`${path}/text`, { text }), 'Sent. The model answers it.');
  const interrupt = () => command(() => admin.post(`${path}/interrupt`), 'Interrupted.');
  const end = () => {
    ask(false);
    command(() => admin.delete(path), 'The session is being ended.');
  };

  return html`
    <section class="card session" data-testid="session-detail" aria-labelledby="operate-session-title">
      <header>
        <h2 id="operate-session-title" tabindex="-1" ref=${heading}>${session ? whoOf(session) : id}</h2>
        ${gone ? html`<span class="pill">ended</span>` : session && html`<${State} session=${session} />`}
        <button class="button quiet small close" type="button" onClick=${close}>Close</button>
      </header>
      ${gone && html`<div class="notice" role="status"><div>${ending(ended)}</div></div>`}
      <div class="sides">
        <div class="spoken">
          <${Transcript} key=${id} said=${said} over=${gone} />
          ${!gone && html`<${Commands} key=${`to ${id}`} can=${can} send=${send} interrupt=${interrupt} end=${() => ask(true)} />`}
          <p class=${`outcome small ${outcome?.bad ? 'failed' : 'soft'}`} role="status">${!gone && outcome?.text}</p>
        </div>
        ${session && html`<${Details} session=${session} />`}
      </div>
      ${asking && html`
        <${Confirm} title="End this session?" yes="End the session" no="Keep it" onYes=${end} onNo=${() => ask(false)}>
          <p>The client of <b>${session ? whoOf(session) : id}</b> is disconnected at once${session && `, after ${span(session.age_ms)}`}. This cannot be undone.</p>
        <//>`}
    </section>`;
}

function ending({ code, reason }) {
  if (!code) return 'This session is no longer there.';
  return `This session has ended: ${reason || words(code)}.`;
}

function Commands({ can, send, interrupt, end }) {
  const [text, write] = useState('');
  const submit = async event => {
    event.preventDefault();
    if (can && text.trim() && await send(text.trim())) write('');
  };
  return html`
    <form class="commands" onSubmit=${submit}>
      <label class="field say">
        <span>Say something as the user</span>
        <input data-testid="inject-text" value=${text} maxlength="4000" onInput=${event => write(event.target.value)} disabled=${!can} autocomplete="off" placeholder="The model answers it" />
      </label>
      <button class="button primary" data-testid="inject-send" disabled=${!can || !text.trim()}>Send</button>
      <div class="also">
        <button class="button small" type="button" data-testid="interrupt-session" disabled=${!can} onClick=${interrupt}>Interrupt</button>
        <button class="button danger small" type="button" data-testid="end-session" disabled=${!can} onClick=${end}>End session …</button>
      </div>
    </form>`;
}

function Details({ session }) {
  const { who, voice_to_voice_ms: answers, rates, usage } = session;
  const facts = [
    ['Key', who?.key], ['Person', who?.principal], ['Address', who?.remote], ['Agent', session.agent],
    ['Provider', session.provider], ['Model', session.model],
    ['Connected', `${clock(session.connected_at)}, for ${span(session.age_ms)}`],
    ['Turns', count(session.turns)],
    ['Answers', answers?.n > 0 && `last ${latency(answers.last)}, p50 ${latency(answers.p50)}, p95 ${latency(answers.p95)}`],
    ['Audio', `${span(session.audio_in_ms)} of the user, ${span(session.audio_out_ms)} of the model`],
    ['Rates', rates && `${rate(rates.to_provider_bytes)} to the provider, ${rate(rates.to_client_bytes)} to the client, ${count(rates.events)} events/s`],
    ['Events', `${count(session.events_in)} from the client, ${count(session.events_out)} to it`],
    ['Errors', count(session.errors)],
    ['Tokens', usage && `${count(usage.input_tokens)} in, ${count(usage.output_tokens)} out`],
    ['Session', session.id], ['Client', session.client_id],
  ];
  return html`
    <dl class="details small">
      ${facts.filter(([, value]) => value).map(([label, value]) => html`<div key=${label}><dt>${label}</dt><dd class="number">${value}</dd></div>`)}
    </dl>`;
}
