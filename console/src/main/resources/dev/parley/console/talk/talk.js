// The view one talks at.
import { html, useCallback, useEffect, useMemo, useReducer, useState } from '../vendor/htm-preact.js';
import { Journal } from '../lib/journal.js';
import { Captions } from './captions.js';
import { Conversation } from './conversation.js';
import { download, stamped } from './downloads.js';
import { useGateway } from './gateway.js';
import { Hints } from './hints.js';
import { Sliders } from './icons.js';
import { LightStrip } from './lights.js';
import { Notices } from './notices.js';
import { useOrb } from './orb.js';
import { Lights, pageTools } from './page-tools.js';
import { Panel } from './panel.js';
import { chosenProvider, sessionOf, useSettings } from './settings.js';
import { Stage } from './stage.js';

const WIDE = matchMedia('(min-width: 64rem)');

export function Talk({ visible, setJournal }) {
  const [settings, set] = useSettings();
  const [apiKey, setKey] = useState('');
  const gateway = useGateway(apiKey);
  const lights = useMemo(() => new Lights(), []);
  const [conversation, hold] = useState(null);
  const [open, setOpen] = useState(WIDE.matches);
  useChanges(conversation);
  // A view that is gone must not go on listening.
  useEffect(() => () => { conversation?.end(); }, [conversation]);
  useEffect(() => {
    // On a page that has become narrow they would stand before the stage.
    const fold = () => setOpen(WIDE.matches);
    WIDE.addEventListener('change', fold);
    return () => WIDE.removeEventListener('change', fold);
  }, []);
  useEffect(() => {
    if (gateway.keyNeeded && apiKey === '') {
      setOpen(true);
    }
  }, [gateway.keyNeeded, apiKey]);

  const provider = chosenProvider(settings, gateway.options);
  const startable = provider !== null && (!gateway.keyNeeded || apiKey !== '');
  const begin = useCallback(async microphone => {
    const made = new Conversation({ settings, provider, key: apiKey, path: gateway.options.path, tools: pageTools(settings.tools, lights), microphone });
    const journal = new Journal();
    const detach = journal.attach(made.parley, made.about);
    // When all have been told of the close, the journal among them.
    made.parley.on('close', () => setTimeout(detach));
    // One that is ended while it connects tells no close, and may wait on for the microphone.
    made.parley.on('state', () => made.active || setTimeout(detach));
    setJournal(journal);
    hold(made);
    await made.begin();
    if (!made.active) {
      setTimeout(detach); // It never began, so no close is told.
    }
    return made;
  }, [settings, provider, apiKey, gateway, lights]);
  const start = useMemo(() => Object.assign(() => begin(true), {
    // A conversation that began without a microphone has none to its end.
    afresh: () => conversation.end().then(() => begin(true)),
  }), [begin, conversation]);
  const orb = useOrb(conversation, visible);

  const change = some => {
    const next = { ...settings, ...some };
    set(some);
    if (conversation?.live) {
      apply(conversation, some, next, provider);
    }
  };
  const say = async text => {
    const to = conversation?.active ? conversation : await begin(false);
    if (to.live) {
      to.say(text);
    }
  };

  const notices = [...problems(gateway), ...(conversation?.notices ?? [])];
  return html`
    <h1 class="visually-hidden">Talk</h1>
    <div class="talk" data-panel=${open ? 'open' : 'folded'}>
      <div class="talk-main">
        <${Notices} notices=${notices} active=${conversation?.active === true} dismiss=${notice => conversation.dismiss(notice)}
          retry=${() => (gateway.problem ? gateway.again() : begin(true))} byText=${() => begin(false)} />
        <div class="theatre">
          <${Stage} conversation=${conversation} visible=${visible} startable=${startable} start=${start} orb=${orb} />
          ${settings.tools.lights && html`<${LightStrip} lights=${lights} />`}
        </div>
        <section class="card talk-words" aria-label="Conversation">
          <header>
            <h2>Conversation</h2>
            <span class="soft small about">${about(conversation, provider)}</span>
            <span class="spring"></span>
            <${Saving} conversation=${conversation} />
          </header>
          <${Captions} conversation=${conversation}>
            <${Hints} provider=${provider} say=${startable ? say : null} />
          <//>
          <${TextBox} say=${say} able=${startable && (!conversation?.active || conversation.live)} />
        </section>
      </div>
      <aside class="talk-side" aria-label="Settings">
        <button type="button" class="button quiet talk-fold" aria-expanded=${String(open)} aria-controls="talk-settings" onClick=${() => setOpen(!open)}><${Sliders} />Settings</button>
        <div class="card" hidden=${!open}>
          <${Panel} settings=${settings} change=${change} gateway=${gateway} apiKey=${apiKey} setKey=${setKey} conversation=${conversation} />
        </div>
      </aside>
    </div>`;
}

/** Draws again when the conversation has changed. */
function useChanges(conversation) {
  const [, redraw] = useReducer(n => n + 1, 0);
  useEffect(() => {
    conversation?.addEventListener('change', redraw);
    redraw(); // It may have changed before it was listened to.
    return () => conversation?.removeEventListener('change', redraw);
  }, [conversation]);
}

function problems({ problem }) {
  return problem ? [{ code: 'gateway', message: problem, fatal: true }] : [];
}

function apply(conversation, some, settings, provider) {
  if ('microphone' in some && conversation.microphone) {
    conversation.useMicrophone(some.microphone ? { deviceId: some.microphone } : {});
  } else if ('instructions' in some || 'turnDetection' in some || 'language' in some) {
    const { type, instructions = '', audio: { input } } = sessionOf(settings, provider);
    conversation.reshape({ type, instructions, audio: { input } }, settings, provider);
  }
}

function about(conversation, provider) {
  const { provider: name, model, voice } = conversation?.about ?? { provider: provider?.name, model: null, voice: null };
  return [name, model, voice].filter(Boolean).join(' · ');
}

function TextBox({ say, able }) {
  const [text, type] = useState('');
  const send = event => {
    event.preventDefault();
    const words = text.trim();
    if (words !== '' && able) {
      type('');
      say(words);
    }
  };
  return html`
    <form class="text-box" onSubmit=${send}>
      <label class="visually-hidden" for="talk-text">Write instead of talking</label>
      <input id="talk-text" data-testid="text-input" placeholder="Write instead of talking" autocomplete="off" enterkeyhint="send" value=${text} onInput=${event => type(event.target.value)} />
      <button type="submit" class="button" data-testid="send" disabled=${!able || text.trim() === ''}>Send</button>
    </form>`;
}

function Saving({ conversation }) {
  const transcript = conversation?.transcript;
  const nothing = !transcript || transcript.empty;
  const quiet = !conversation?.recording || conversation.recording.empty;
  return html`
    <span class="saving" role="group" aria-label="Save">
      <span class="soft small" aria-hidden="true">Save</span>
      <button type="button" class="button small" data-testid="save-text" disabled=${nothing} aria-label="Text: save the transcript"
        onClick=${() => download(`${stamped()}.txt`, transcript.text(), 'text/plain;charset=utf-8')}>Text</button>
      <button type="button" class="button small" data-testid="save-json" disabled=${nothing} aria-label="JSON: save the transcript"
        onClick=${() => download(`${stamped()}.json`, transcript.json(), 'application/json')}>JSON</button>
      <button type="button" class="button small" data-testid="save-wav" disabled=${quiet} aria-label="Recording: save both voices as a WAV file"
        onClick=${() => download(`${stamped()}.wav`, conversation.recording.wav())}>Recording</button>
    </span>`;
}
