// One conversation: its session, and what of it the page shows and can save.
import { Parley } from '/parley.js';
import { Recording } from '../lib/recording.js';
import { Transcript, median } from '../lib/transcript.js';
import { Envelope } from './envelope.js';
import { chosenTurns, sessionOf } from './settings.js';

const INTERRUPTED_MS = 1500;
const MOST_NOTICES = 3;
const GONE = ['idle', 'closed'];
/** Errors that are over when something sounds again, and which direction that is. */
const SOLVED_BY = { audio_blocked: 'output', microphone_lost: 'input' };

/** Tells `change` at most once a frame. */
export class Conversation extends EventTarget {
  voices = { input: new Envelope(), output: new Envelope() };
  notices = [];
  lastTurn = null;
  held = false;
  /** Whether it was ever connected. */
  opened = false;
  #interruptedUntil = 0;
  #pending = 0;

  constructor({ settings, provider, key, path, tools, microphone }) {
    super();
    this.microphone = microphone;
    this.turns = chosenTurns(settings, provider);
    this.about = {
      provider: provider.name,
      model: settings.models[provider.name] || provider.default_model,
      voice: settings.voices[provider.name] || null,
    };
    this.transcript = new Transcript(this.about);
    this.recording = settings.record ? new Recording() : null;
    this.parley = new Parley({
      url: path,
      ...(key && { key }),
      provider: provider.name,
      ...(settings.models[provider.name] && { model: settings.models[provider.name] }),
      session: sessionOf(settings, provider),
      // Without a microphone, and where browsers give no sound either, it still goes on in writing.
      loudspeaker: microphone || globalThis.isSecureContext,
      microphone: microphone ? (settings.microphone ? { deviceId: settings.microphone } : true) : false,
      tools,
    });
    this.#listen();
  }

  async begin() {
    try {
      await this.parley.connect();
    } catch (error) {
      if (error.code !== 'closed') { // Ended by the user while it was connecting.
        this.#tell(error, true);
      }
    }
    this.changed();
  }

  async end() {
    this.hold(false);
    await this.parley.close();
    this.changed();
  }

  say(text) {
    this.#attempt(() => this.parley.sendText(text));
  }

  interrupt() {
    this.#attempt(() => this.parley.interrupt());
  }

  mute(on) {
    this.#attempt(() => this.parley.mute(on));
  }

  /** Push-to-talk: whether the button is down. */
  hold(on) {
    if (this.held !== on && (this.live || !on)) {
      this.held = on;
      this.#attempt(() => this.parley.talk(on));
    }
  }

  /** Changes what may change while it runs. */
  reshape(session, settings, provider) {
    this.hold(false);
    this.turns = chosenTurns(settings, provider);
    this.#attempt(() => this.parley.update(session));
  }

  async useMicrophone(microphone) {
    try {
      await this.parley.useMicrophone(microphone);
    } catch (error) {
      this.#tell(error, false);
    }
    this.changed();
  }

  dismiss(notice) {
    this.notices = this.notices.filter(other => other !== notice);
    this.changed();
  }

  /** As the client's, and `interrupted` for a moment after that happened. */
  get state() {
    const { state } = this.parley;
    const shows = ['listening', 'hearing', 'thinking'].includes(state) && performance.now() < this.#interruptedUntil;
    return shows ? 'interrupted' : state;
  }

  /** Whether it has not ended. */
  get active() {
    return !GONE.includes(this.parley.state);
  }

  /** Whether something can be said. */
  get live() {
    return this.active && !['connecting', 'reconnecting'].includes(this.parley.state);
  }

  get pushToTalk() {
    return this.turns === 'none';
  }

  /** The last answer's latency and the median of its kind: { ms, typed, median, turns }, or null. */
  get latency() {
    if (this.lastTurn === null) {
      return null;
    }
    const { ms, typed } = this.lastTurn;
    const same = typed ? this.#typed : this.#spoken;
    return { ms, typed, median: median(same), turns: same.length };
  }

  #spoken = [];
  #typed = [];

  #listen() {
    const { parley, transcript } = this;
    parley.on('state', ({ state }) => {
      if (state === 'closed') {
        transcript.end();
      }
      if (state === 'closed' || state === 'reconnecting') {
        this.held = false; // The client, too, takes the button for up after that.
      }
      this.changed();
    });
    parley.on('open', ({ resumed }) => {
      this.opened = true;
      this.notices = this.notices.filter(notice => !notice.fatal);
      if (resumed) {
        transcript.note('The connection was lost and is there again');
      }
      this.changed();
    });
    parley.on('caption', caption => { transcript.caption(caption, parley.captions); this.changed(); });
    parley.on('tool', call => { transcript.tool(call); this.changed(); });
    parley.on('turn', turn => { this.#measured(turn); this.changed(); });
    parley.on('interrupted', () => this.#interrupted());
    parley.on('audio', sound => this.#sound(sound));
    parley.on('event', ({ direction, event }) => direction === 'received' && this.#order(event));
    parley.on('error', error => this.#tell(error, error.fatal));
    parley.on('close', ({ error }) => { if (error) { this.#tell(error, true); } });
  }

  #measured(turn) {
    this.lastTurn = turn;
    const same = turn.typed ? this.#typed : this.#spoken;
    same.push(turn.ms);
    if (same.length > 1000) {
      same.shift();
    }
    this.transcript.latency(turn);
  }

  #interrupted() {
    this.#interruptedUntil = performance.now() + INTERRUPTED_MS;
    setTimeout(() => this.changed(), INTERRUPTED_MS + 20);
    this.changed();
  }

  #sound(sound) {
    this.voices[sound.direction].add(sound.samples, sound.at);
    this.recording?.add(sound);
    if (this.notices.some(notice => this.#solved(notice, sound))) {
      this.notices = this.notices.filter(notice => !this.#solved(notice, sound));
      this.changed();
    }
  }

  #solved({ code }, { direction, at }) {
    return SOLVED_BY[code] === direction && this.voices[direction].now(at) > 0;
  }

  /** A user's words come late, so their place is taken when the speech begins. */
  #order(event) {
    const { transcript } = this;
    if (event.type === 'input_audio_buffer.speech_started' && event.item_id) {
      transcript.tidy(false);
      transcript.place(event.item_id, 'user');
    } else if (event.type === 'input_audio_buffer.committed') {
      transcript.place(event.item_id, 'user');
      transcript.confirm(event.item_id);
    } else if (event.type === 'conversation.item.input_audio_transcription.failed') {
      transcript.wordless(event.item_id);
    } else if (event.type === 'conversation.item.input_audio_transcription.completed' && !event.transcript?.trim()) {
      transcript.wordless(event.item_id);
    } else if (event.type === 'response.output_item.added' && event.item?.type === 'message') {
      transcript.place(event.item.id, 'assistant');
    } else {
      return;
    }
    this.changed();
  }

  #attempt(act) {
    try {
      act();
    } catch (error) {
      this.#tell(error, false);
    }
    this.changed();
  }

  #tell(error, fatal) {
    const { message, code = 'unknown' } = error;
    const others = this.notices.filter(notice => notice.message !== message);
    this.notices = [...others, { code, message, fatal: fatal === true }].slice(-MOST_NOTICES);
    this.changed();
  }

  changed() {
    this.#pending ||= requestAnimationFrame(() => {
      this.#pending = 0;
      this.dispatchEvent(new Event('change'));
    });
  }
}
