// The stage: one big button, both voices, what happens now, and how fast the answers come.
import { html, useEffect, useRef } from '../vendor/htm-preact.js';
import { Cross, HangUp, Microphone } from './icons.js';
import { Waves } from './waves.js';

const WORDS = {
  idle: 'Ready',
  connecting: 'Connecting',
  listening: 'Listening',
  muted: 'Muted',
  hearing: 'Hearing you',
  thinking: 'Thinking',
  speaking: 'Speaking',
  interrupted: 'Interrupted',
  reconnecting: 'Connecting again',
  closed: 'Ended',
};

export function Stage({ conversation, visible, startable, start, orb }) {
  const state = conversation?.state ?? 'idle';
  const muted = conversation?.parley.muted === true && conversation.active;
  const looks = muted && state === 'listening' ? 'muted' : state;
  return html`
    <section class="talk-stage" data-state=${looks} aria-label="Talk">
      <div class="ribbon">
        <${Waves} voices=${conversation?.active ? conversation.voices : null} running=${visible && conversation?.active === true} muted=${muted} gap=${orbGap()} />
        <${Orb} conversation=${conversation} startable=${startable} start=${start} orb=${orb} />
        <span class="side you" aria-hidden="true">You${muted ? ', muted' : ''}</span>
        <span class="side model" aria-hidden="true">Model</span>
      </div>
      <div class="now">
        <p class="state" data-testid="state" data-state=${state}>${word(conversation, looks)}</p>
        <p class="advice soft">${advice(conversation, state, muted, startable)}</p>
        <${Controls} conversation=${conversation} muted=${muted} />
      </div>
      <${Latency} latency=${conversation?.latency ?? null} />
      <${Spoken} state=${state} muted=${muted} />
    </section>`;
}

const word = (conversation, looks) => (looks === 'closed' && !conversation.opened ? 'Not connected' : WORDS[looks]);

const orbGap = () => (innerWidth < 640 ? 74 : 112);

function advice(conversation, state, muted, startable) {
  if (!conversation?.active) {
    if (!startable) {
      return 'There is nobody to talk to yet. See the settings.';
    }
    return conversation?.opened ? 'Press the button to begin anew.' : 'Press the button and talk.';
  }
  if (state === 'connecting') {
    return conversation.microphone ? 'Allow the microphone if the browser asks.' : 'One moment.';
  }
  if (state === 'interrupted') {
    return 'You are heard. Go on.';
  }
  if (state === 'reconnecting') {
    return 'The connection was lost. What was said is kept.';
  }
  if (!conversation.microphone) {
    return 'By text. Press the button to begin anew with your voice.';
  }
  if (muted) {
    return 'You are not heard until you unmute.';
  }
  if (conversation.pushToTalk) {
    return conversation.held ? 'Let go when you have finished.' : 'Hold the button, or the space bar, while you talk.';
  }
  return { hearing: 'It answers when you pause.', thinking: 'The answer is on its way.', speaking: 'Speak over it to interrupt.' }[state] ?? 'Just talk.';
}

function Orb({ conversation, startable, start, orb }) {
  const look = useRef(null);
  useLevel(look, conversation);
  const [Icon, label] = orbLook(conversation);
  const holds = conversation?.live && conversation.microphone && conversation.pushToTalk;
  return html`
    <button type="button" class="orb" ref=${look} data-testid="talk-button" data-orb disabled=${!startable && !conversation?.active}
        aria-pressed=${holds ? String(conversation.held) : undefined}
        onClick=${event => orb.click(event, start)} onPointerDown=${orb.down} onPointerUp=${orb.up} onPointerCancel=${orb.up} onLostPointerCapture=${orb.up}
        onContextMenu=${event => holds && event.preventDefault()}>
      <span class="halo" aria-hidden="true"></span>
      <${Icon} />
      <span class="label">${label}</span>
    </button>`;
}

function orbLook(conversation) {
  if (!conversation?.active) {
    return [Microphone, 'Talk'];
  }
  if (!conversation.live) {
    return [Cross, 'Cancel'];
  }
  if (!conversation.microphone) {
    return [Microphone, 'Talk'];
  }
  if (conversation.pushToTalk) {
    return [Microphone, conversation.held ? 'Let go to send' : 'Hold to talk'];
  }
  return [HangUp, 'Hang up'];
}

/** The halo grows with whoever speaks. */
function useLevel(look, conversation) {
  const active = conversation?.active === true;
  useEffect(() => {
    if (!active) {
      look.current.style.setProperty('--level', '0');
      return undefined;
    }
    const timer = setInterval(() => {
      const now = performance.now();
      const { input, output } = conversation.voices;
      const level = conversation.state === 'speaking' ? output.now(now) : conversation.parley.muted ? 0 : input.now(now);
      look.current.style.setProperty('--level', level.toFixed(2));
    }, 80);
    return () => clearInterval(timer);
  }, [conversation, active]);
}

function Controls({ conversation, muted }) {
  const active = conversation?.active === true;
  const live = conversation?.live === true;
  const interruptible = live && ['speaking', 'thinking'].includes(conversation.parley.state);
  const orbHangsUp = live && conversation.microphone && !conversation.pushToTalk;
  return html`
    <div class="talk-controls">
      <button type="button" class="button" data-testid="mute" aria-pressed=${String(muted)} disabled=${!live || !conversation.microphone}
        onClick=${() => conversation.mute(!muted)}>${muted ? 'Unmute' : 'Mute'}</button>
      <button type="button" class="button" data-testid="interrupt" disabled=${!interruptible} aria-keyshortcuts="Escape"
        onClick=${() => conversation.interrupt()}>Interrupt <kbd>Esc</kbd></button>
      ${live && !orbHangsUp && html`
        <button type="button" class="button danger" data-testid="hang-up" disabled=${!active} onClick=${() => conversation.end()}>Hang up</button>`}
    </div>`;
}

function Latency({ latency }) {
  const kind = latency?.typed ? 'sent' : 'spoken';
  return html`
    <dl class="latency" data-testid="latency">
      <div><dt>Last answer</dt>
        <${Milliseconds} ms=${latency?.ms} />
        <dd class="soft small">${latency?.typed ? 'from sending to its first sound' : 'from your last sound to its first'}</dd></div>
      <div><dt>Median</dt>
        <${Milliseconds} ms=${latency?.median} />
        <dd class="soft small">${latency ? `of ${latency.turns} ${kind} ${latency.turns === 1 ? 'turn' : 'turns'}` : 'of all turns'}</dd></div>
    </dl>`;
}

const Milliseconds = ({ ms }) => (ms === undefined ? html`<dd class="unmeasured">none yet</dd>` : html`<dd class="number">${milliseconds(ms)}</dd>`);

export const milliseconds = ms => `${Math.round(ms).toLocaleString('en')} ms`;

const TOLD = { listening: 'Connected', interrupted: 'Interrupted', reconnecting: 'Connection lost, connecting again', closed: 'The conversation has ended' };

/** For screen readers: what cannot be heard anyway. */
function Spoken({ state, muted }) {
  const told = useRef('');
  if (muted) {
    told.current = 'Muted';
  } else if (state === 'listening' && told.current === '') {
    told.current = TOLD.listening;
  } else if (state === 'connecting') {
    told.current = '';
  } else if (state !== 'listening' && TOLD[state]) {
    told.current = TOLD[state];
  } else if (['hearing', 'speaking'].includes(state)) {
    told.current = 'Connected';
  }
  return html`<p class="visually-hidden" role="status">${told.current}</p>`;
}
