// The settings of the next conversation, and of this one where they can change while it runs.
import { html, useEffect, useState } from '../vendor/htm-preact.js';
import { Parley } from '/parley.js';
import { LANGUAGES, TURNS, chosenProvider, chosenTurns, turnKinds } from './settings.js';
import { TOOL_NAMES } from './page-tools.js';
import { Recording } from '../lib/recording.js';

export function Panel({ settings, change, gateway, apiKey, setKey, conversation }) {
  const { options } = gateway;
  const provider = chosenProvider(settings, options);
  const running = conversation?.active === true;
  return html`
    <div class="panel" id="talk-settings" data-testid="settings">
      ${gateway.keyNeeded && html`<${KeyField} apiKey=${apiKey} setKey=${setKey} running=${running} />`}
      <fieldset disabled=${running}>
        <legend class="visually-hidden">For a new conversation</legend>
        <${ProviderField} options=${options} provider=${provider} change=${change} />
        <${ModelField} settings=${settings} change=${change} provider=${provider} />
        <${VoiceField} settings=${settings} change=${change} provider=${provider} />
        ${running && html`<p class="soft small">These can be changed when you have hung up.</p>`}
      </fieldset>
      <${WhileRunning} settings=${settings} change=${change} provider=${provider} running=${running} />
      <${MicrophoneField} settings=${settings} change=${change} running=${running} />
      <${Choices} settings=${settings} change=${change} running=${running} />
    </div>`;
}

function KeyField({ apiKey, setKey, running }) {
  const [typed, type] = useState(apiKey);
  const give = event => {
    event.preventDefault();
    setKey(typed.trim());
  };
  return html`
    <form class="field" onSubmit=${give}>
      <label for="talk-key">Client key</label>
      <span class="talk-row">
        <input id="talk-key" type="password" autocomplete="off" data-testid="key" value=${typed} disabled=${running} onInput=${event => type(event.target.value)} onBlur=${give} />
        <button type="submit" class="button" disabled=${running}>Use</button>
      </span>
      <span class="soft">This gateway asks for one. It stays in this page and is gone when you close it.</span>
    </form>`;
}

function ProviderField({ options, provider, change }) {
  const unready = options?.providers.filter(other => !other.ready) ?? [];
  return html`
    <label class="field"><span>Provider</span>
      <select data-testid="provider" value=${provider?.name ?? ''} onChange=${event => change({ provider: event.target.value })}>
        ${!provider && html`<option value="">none</option>`}
        ${options?.providers.map(({ name, ready }) => html`<option value=${name} disabled=${!ready}>${name}${ready ? '' : ' (not set up)'}</option>`)}
      </select>
    </label>
    ${unready.length > 0 && html`
      <details class="unready small soft">
        <summary>${unready.length === 1 ? 'One provider is not set up' : `${unready.length} providers are not set up`}</summary>
        <ul>${unready.map(({ name, reason }) => html`<li><b>${name}</b>: ${reason}</li>`)}</ul>
      </details>`}`;
}

function ModelField({ settings, change, provider }) {
  const name = provider?.name ?? '';
  return html`
    <label class="field"><span>Model</span>
      <input data-testid="model" list="talk-models" spellcheck="false" autocomplete="off" placeholder=${provider?.default_model ?? ''} value=${settings.models[name] ?? ''}
        onChange=${event => change({ models: { ...settings.models, [name]: event.target.value.trim() } })} />
    </label>
    <datalist id="talk-models">${provider?.models.map(model => html`<option value=${model}></option>`)}</datalist>`;
}

function VoiceField({ settings, change, provider }) {
  const name = provider?.name ?? '';
  const voices = provider?.voices ?? [];
  const voice = settings.voices[name] ?? '';
  const choose = event => change({ voices: { ...settings.voices, [name]: event.target.value.trim() } });
  return html`
    <label class="field"><span>Voice</span>
      ${voices.length === 0
        ? html`<input data-testid="voice" spellcheck="false" autocomplete="off" placeholder="the provider’s own" value=${voice} onChange=${choose} />`
        : html`
          <select data-testid="voice" value=${voices.includes(voice) ? voice : ''} onChange=${choose}>
            <option value="">the provider’s own</option>
            ${voices.map(one => html`<option value=${one}>${one}</option>`)}
          </select>`}
    </label>`;
}

function WhileRunning({ settings, change, provider }) {
  return html`
    <label class="field"><span>Instructions</span>
      <textarea rows="3" data-testid="instructions" placeholder="You are a friendly assistant. Answer briefly." value=${settings.instructions}
        onChange=${event => change({ instructions: event.target.value })}></textarea>
    </label>
    <label class="field"><span>Turn detection</span>
      <select data-testid="turn-detection" value=${chosenTurns(settings, provider)} onChange=${event => change({ turnDetection: event.target.value })}>
        ${turnKinds(provider).map(kind => html`<option value=${kind}>${TURNS[kind]}</option>`)}
      </select>
    </label>
    <label class="field"><span>Language you speak</span>
      <select data-testid="language" value=${settings.language} onChange=${event => change({ language: event.target.value })}>
        ${LANGUAGES.map(([code, name]) => html`<option value=${code}>${name}</option>`)}
      </select>
    </label>`;
}

function MicrophoneField({ settings, change, running }) {
  const microphones = useMicrophones(running);
  const known = microphones.some(({ deviceId }) => deviceId === settings.microphone);
  return html`
    <label class="field"><span>Microphone</span>
      <select data-testid="microphone" value=${known ? settings.microphone : ''} onChange=${event => change({ microphone: event.target.value })}>
        <option value="">the browser’s own choice</option>
        ${microphones.filter(({ deviceId, label }) => deviceId && label).map(({ deviceId, label }) => html`<option value=${deviceId}>${label}</option>`)}
      </select>
      ${!microphones.some(({ label }) => label) && html`<span class="soft">Their names can be seen once you have allowed one.</span>`}
    </label>`;
}

/** Asked again when a conversation begins, since only then the browser tells their names. */
function useMicrophones(running) {
  const [microphones, set] = useState([]);
  useEffect(() => {
    const ask = () => Parley.microphones().then(set, () => set([]));
    ask();
    const soon = running ? setTimeout(ask, 1500) : 0;
    navigator.mediaDevices?.addEventListener('devicechange', ask);
    return () => {
      clearTimeout(soon);
      navigator.mediaDevices?.removeEventListener('devicechange', ask);
    };
  }, [running]);
  return microphones;
}

function Choices({ settings, change, running }) {
  const tick = name => event => change({ tools: { ...settings.tools, [name]: event.target.checked } });
  return html`
    <fieldset class="talk-choices" disabled=${running}>
      <legend>Tools of this page</legend>
      ${Object.entries(TOOL_NAMES).map(([name, [tool, does]]) => html`
        <label><input type="checkbox" data-testid=${`tool-${name}`} checked=${settings.tools[name] === true} onChange=${tick(name)} /><span><code>${tool}</code> ${does}</span></label>`)}
    </fieldset>
    <fieldset class="talk-choices" disabled=${running}>
      <legend>Recording</legend>
      <label><input type="checkbox" data-testid="record" checked=${settings.record} onChange=${event => change({ record: event.target.checked })} />
        <span>Keep both voices, so that you can save them. The last ${Recording.LONGEST_SECONDS / 60} minutes stay in this page, and nowhere else, until the next conversation begins.</span></label>
    </fieldset>`;
}
