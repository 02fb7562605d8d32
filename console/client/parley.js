// A spoken conversation with a Parley gateway, or any server of OpenAI Realtime, from a web page. One file without
// dependencies: it is the page's module, and the same file is loaded into the page's AudioWorklet, where it registers the
// two processors that take the microphone's sound and play the answers.
//
// In reading order: errors, sound (resampling, formats), the worklet's side (CaptureLine, PlaybackLine), the page's side of
// sound (AudioHost, Microphone, Loudspeaker), the wire (Wire, Opus, Uplink, Downlink), what is known of the conversation
// (Captions, TurnClock, Responses, Tools), one connection (Session), and the conversation itself (Parley).

// ---- Errors ----------------------------------------------------------------------------------------------------------

const MESSAGES = {
  insecure_origin: 'Browsers give the microphone and sound to secure pages only. Open this page with https, or as http://localhost.',
  no_microphone: 'No microphone was found. Plug one in, or choose another one, and try again.',
  microphone_denied: 'The browser does not let this page use the microphone. Allow it in the browser\'s site settings, beside the address, and try again.',
  microphone_busy: 'The microphone cannot be opened; another program may be using it. Close that program and try again.',
  microphone_lost: 'The microphone went away. Plug it in again or choose another one; the conversation goes on as soon as there is one.',
  audio_blocked: 'The browser holds the sound back until you do something on this page. Press any key, or click anywhere.',
  unsupported_browser: 'This browser cannot hold a spoken conversation: it has no AudioWorklet. Use a current Chrome, Edge, Firefox or Safari.',
  worklet_failed: 'The audio part of parley.js could not be loaded. Serve parley.js as a file of its own, allow it in the page\'s Content-Security-Policy (script-src), or name it with the option worklet.',
  gateway_unreachable: 'The gateway does not answer. See whether it runs and whether its address is right, and try again.',
  gateway_lost: 'The connection to the gateway was lost. Try again.',
  gateway_silent: 'The gateway took the connection and then said nothing. Try again; if it stays so, see the gateway\'s log.',
  network_slow: 'The network does not keep up: some of what you said was left out. Say it again.',
  invalid_key: 'The key has characters that no key has, such as spaces. Copy it again.',
  invalid_url: 'The address of the gateway is not one: it is an http, https, ws or wss address, or a path on this server.',
  invalid_event: 'The gateway sent a message that is no event. It was left out.',
  not_connected: 'There is no conversation to send this to. Connect first.',
  answer_too_long: 'The answer is longer than can be kept for playing. The rest of it is not played.',
  closed: 'The conversation was ended while it was being connected.',
};

const FOR_ANOTHER_TIME = new Set(['gateway_unreachable', 'gateway_lost', 'gateway_silent', 'microphone_busy', 'network_slow']);

/** Why something does not work; its message may be shown as it is. */
export class ParleyError extends Error {
  constructor(code, { message, fatal = false, temporary = FOR_ANOTHER_TIME.has(code), event } = {}) {
    super(message ?? MESSAGES[code] ?? `The gateway answered with the error '${code}'.`);
    this.name = 'ParleyError';
    this.code = code;
    this.fatal = fatal;
    this.temporary = temporary;
    if (event) this.event = event;
  }
}

/** The error of an `error` event, or of the body of an HTTP answer. */
function told(event, more) {
  const error = event?.error && typeof event.error === 'object' ? event.error : {};
  const code = text(error.code) || text(error.type) || 'error';
  return new ParleyError(code, { message: text(error.message) || undefined, event, ...more });
}

const text = value => (typeof value === 'string' ? value : '');
const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
const now = () => performance.now();

class Emitter {
  #listeners = new Map();

  on(name, listener) {
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all.add(listener));
    return () => all.delete(listener);
  }

  /** A listener that throws harms nobody else. */
  emit(name, detail) {
    for (const listener of [...this.#listeners.get(name) ?? []]) {
      try {
        listener(detail);
      } catch (error) {
        globalThis.reportError?.(error);
      }
    }
  }
}

// ---- Sound -----------------------------------------------------------------------------------------------------------

/** How many zero crossings of the sinc lie on either side: 24 with this window keep aliases 80 dB down. */
const CROSSINGS = 24;
/** Where the low-pass is 6 dB down, as a part of the lower rate's half: the stopband begins at the half. */
const ROLL_OFF = 0.895;
/** More phases than that are not kept; the nearest is taken, which no ear can tell. */
const MOST_PHASES = 512;

const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));

/** The modified Bessel function of order 0, as the Kaiser window needs it. */
function bessel(x) {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-9; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** Changes the sample rate of a stream by a windowed sinc. Samples are put in and taken out one by one. */
export class Resampler {
  #up;
  #down;
  #taps;
  #phases;
  #kernel;
  #history;
  #head = 0;
  /** Of the next sample out, in 1/up samples in, behind the sample in the middle. */
  #time;

  constructor(from, to) {
    const divisor = gcd(Math.round(from), Math.round(to));
    this.#up = Math.round(to) / divisor;
    this.#down = Math.round(from) / divisor;
    /** By how many samples in it is late. */
    this.half = this.#up === this.#down ? 0 : Math.ceil(CROSSINGS * Math.max(1, from / to));
    this.#taps = Math.max(1, 2 * this.half);
    this.#phases = Math.min(this.#up, MOST_PHASES);
    this.#kernel = this.#design(Math.min(1, to / from) * ROLL_OFF);
    this.#history = new Float32Array(2 * this.#taps);
    this.#time = this.#up;
  }

  #design(cutoff) {
    const kernel = new Float32Array(this.#phases * this.#taps).fill(1);
    for (let phase = 0; phase < this.#phases && this.half > 0; phase++) {
      const taps = kernel.subarray(phase * this.#taps, (phase + 1) * this.#taps);
      let sum = 0;
      for (let k = 0; k < this.#taps; k++) {
        const x = k - (this.half - 1) - phase / this.#phases;
        const sinc = x === 0 ? 1 : Math.sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x);
        taps[k] = sinc * bessel(8 * Math.sqrt(Math.max(0, 1 - (x / this.half) ** 2)));
        sum += taps[k];
      }
      for (let k = 0; k < this.#taps; k++) taps[k] /= sum;
    }
    return kernel;
  }

  put(sample) {
    this.#history[this.#head] = sample;
    this.#history[this.#head + this.#taps] = sample;
    this.#head = this.#head + 1 === this.#taps ? 0 : this.#head + 1;
    this.#time -= this.#up;
  }

  /** Whether a sample can be taken out before another one is put in. */
  get ready() {
    return this.#time < this.#up;
  }

  next() {
    const kernel = Math.floor(this.#time * this.#phases / this.#up) * this.#taps;
    let sum = 0;
    for (let k = 0; k < this.#taps; k++) sum += this.#kernel[kernel + k] * this.#history[this.#head + k];
    this.#time += this.#down;
    return sum;
  }
}

const PCM = { type: 'audio/pcm', rate: 24000 };
const OPUS = { type: 'audio/opus' };

/** The sample rate of a format; Opus is made and asked for at 24 kHz. */
const rateOf = format => (format.type === 'audio/pcmu' || format.type === 'audio/pcma' ? 8000 : Number(format.rate) || 24000);

const int16 = sample => Math.max(-32768, Math.min(32767, Math.round(sample * 32767)));

function toMulaw(sample) {
  const magnitude = Math.min(Math.abs(sample), 32635) + 132;
  const exponent = 24 - Math.clz32(magnitude);
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15)) & 255;
}

function fromMulaw(byte) {
  const code = ~byte & 255;
  const magnitude = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132;
  return code & 0x80 ? -magnitude : magnitude;
}

function toAlaw(sample) {
  const magnitude = Math.min(sample < 0 ? -sample - 1 : sample, 32767) >> 3;
  const exponent = Math.max(0, 27 - Math.clz32(magnitude));
  const mantissa = (magnitude >> Math.max(1, exponent)) & 15;
  return ((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55;
}

function fromAlaw(byte) {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7;
  const step = ((code & 15) << 4) + 8;
  const magnitude = exponent === 0 ? step : (step + 256) << (exponent - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

/** Samples as the bytes of a format that has no codec worth the name. */
function encodePlain(samples, type) {
  if (type === 'audio/pcmu' || type === 'audio/pcma') {
    const companded = type === 'audio/pcmu' ? toMulaw : toAlaw;
    return Uint8Array.from(samples, sample => companded(int16(sample)));
  }
  const view = new DataView(new ArrayBuffer(2 * samples.length));
  samples.forEach((sample, i) => view.setInt16(2 * i, int16(sample), true));
  return new Uint8Array(view.buffer);
}

function decodePlain(bytes, type) {
  if (type === 'audio/pcmu' || type === 'audio/pcma') {
    return Int16Array.from(bytes, type === 'audio/pcmu' ? fromMulaw : fromAlaw);
  }
  return new Int16Array(bytes.slice(0, bytes.length & ~1).buffer);
}

function toBase64(bytes) {
  if (bytes.toBase64) return bytes.toBase64();
  let characters = '';
  for (let i = 0; i < bytes.length; i += 8192) characters += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(characters);
}

function fromBase64(characters) {
  return Uint8Array.fromBase64 ? Uint8Array.fromBase64(characters) : Uint8Array.from(atob(characters), c => c.charCodeAt(0));
}

function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

// ---- In the worklet --------------------------------------------------------------------------------------------------

/** Makes frames of 20 ms at the session's rate out of the microphone's sound. */
export class CaptureLine {
  #resampler;
  #from;
  #frame;
  #filled = 0;
  #time = 0;

  constructor(from, to) {
    this.#from = from;
    this.#resampler = new Resampler(from, to);
    this.#frame = new Float32Array(Math.round(to / 50));
  }

  /** Takes `length` samples, silence if there are none, that begin at `time` (s), and gives each frame that is full. */
  take(samples, length, time, give) {
    for (let i = 0; i < length; i++) {
      this.#resampler.put(samples ? samples[i] : 0);
      while (this.#resampler.ready) {
        if (this.#filled === 0) this.#time = time + (i - this.#resampler.half) / this.#from;
        this.#frame[this.#filled++] = this.#resampler.next();
        if (this.#filled === this.#frame.length) {
          give(this.#frame.slice(), this.#time);
          this.#filled = 0;
        }
      }
    }
  }
}

/** The least and the most that is held back before an answer begins to play, in s. */
const LEAST_HELD = 0.06;
const MOST_HELD = 0.6;
/** After so many s without a gap less is held back. */
const CALM = 10;
const FADE = 0.005;
const STOP_FADE = 0.008;
/** -50 dB: what is softer is not heard as the beginning of an answer. */
const AUDIBLE = 0.003;

/**
 * Plays what comes in order: holds some of it back against an uneven network, fades at each beginning, gap and end, and
 * counts each sample at the moment at which it goes out. Knows items by small numbers.
 */
export class PlaybackLine {
  /** How much is held back before playing begins, in s. */
  held = LEAST_HELD;
  state = 'idle';
  #rate;
  #resampler;
  #inRate = 0;
  #first = null;
  #last = null;
  #offset = 0;
  /** In s: what is not counted as played, also what is in the resampler. */
  #left = 0;
  /** Which item each sample in the resampler's first half belongs to; -1: none. */
  #lag = new Int32Array(0);
  #lagAt = 0;
  #lagging = 0;
  #gain = 0;
  #ended = false;
  #ranDry = false;
  #calm = 0;
  #waited = 0;
  #token = null;
  #later = [];
  #sounded = -1;
  #current = -1;
  #counts = new Map();
  #sounds = [];
  #frame;
  #filled = 0;
  #time = 0;

  constructor(rate) {
    this.#rate = rate;
    this.#frame = new Float32Array(Math.round(rate / 50));
  }

  push(id, samples, rate) {
    if (this.state === 'stopping') {
      this.#later.push([id, samples, rate]);
      return;
    }
    if (samples.length === 0) return;
    if (this.#ranDry) {
      this.held = Math.min(MOST_HELD, this.held * 1.5 + 0.02);
      this.#ranDry = false;
      this.#calm = 0;
    }
    const part = { id, samples, rate, scale: samples instanceof Int16Array ? 1 / 32768 : 1, next: null };
    if (this.#first) this.#last.next = part;
    else this.#first = part;
    this.#last = part;
    this.#left += samples.length / rate;
    this.#ended = false;
    if (this.state === 'idle') {
      this.state = 'waiting';
      this.#waited = 0;
    }
  }

  /** All that has come is complete: there is nothing to wait for, and its end is no gap. */
  end() {
    if (this.state === 'stopping') this.#later.push(null);
    this.#ended = true;
    this.#ranDry = false;
  }

  /** Fades out and forgets all that has come; the report that follows has the token. */
  stop(token) {
    this.#token = token;
    this.#later = [];
    if (this.state !== 'playing' && this.state !== 'stopping') this.#gain = 0;
    this.state = 'stopping';
  }

  /** Fills a block that begins at `time` (s), and gives reports. */
  fill(out, time, give) {
    const before = this.state;
    if (before === 'waiting') this.#startIfReady(out.length / this.#rate);
    out.fill(0);
    if (this.state === 'idle' || this.state === 'waiting') {
      if (this.state !== before) this.#report(give);
      return;
    }
    if (this.#filled === 0) this.#time = time;
    for (let i = 0; i < out.length && this.#next(out, i, time); i++);
    this.#keep(out, time, give);
    this.#settle(out.length / this.#rate);
    if (this.state !== before || this.#token !== null) this.#report(give);
  }

  #startIfReady(seconds) {
    if (this.#left > 0) this.#waited += seconds;
    const enough = this.#left >= this.held || this.#ended || this.#waited > 4 * this.held;
    if (enough && this.#left > 0) this.state = 'playing';
    else if (enough && this.#ended) this.state = 'idle';
  }

  /** Makes one sample; false: the sound was stopped and has faded. */
  #next(out, i, time) {
    const stopping = this.state === 'stopping';
    if (stopping && this.#gain <= 0) return false;
    this.#useRate();
    while (!this.#resampler.ready) this.#feed();
    // The fade in waits until the first sample has come through the resampler.
    const aim = stopping || this.#current < 0 ? 0 : Math.max(0, Math.min(1, this.#left / FADE));
    const step = 1 / ((stopping ? STOP_FADE : FADE) * this.#rate);
    this.#gain += Math.max(-step, Math.min(step, aim - this.#gain));
    out[i] = this.#resampler.next() * this.#gain;
    if (this.#current !== this.#sounded && this.#current >= 0 && Math.abs(out[i]) > AUDIBLE) {
      this.#sounded = this.#current;
      this.#sounds.push([this.#current, time + i / this.#rate]);
    }
    return true;
  }

  #useRate() {
    const rate = this.#first?.rate ?? this.#inRate;
    if (rate === this.#inRate || (this.#resampler && this.#lagging > 0)) return;
    this.#inRate = rate;
    this.#resampler = new Resampler(rate, this.#rate);
    this.#lag = new Int32Array(this.#resampler.half).fill(-1);
    this.#lagAt = 0;
  }

  /** Puts one sample into the resampler, and counts the one that has now come to its middle. */
  #feed() {
    const part = this.#first;
    const usable = part !== null && part.rate === this.#inRate;
    this.#resampler.put(usable ? part.samples[this.#offset++] * part.scale : 0);
    if (usable && this.#offset === part.samples.length) {
      this.#first = part.next;
      this.#offset = 0;
    }
    let id = usable ? part.id : -1;
    if (this.#lag.length > 0) {
      const entered = id;
      id = this.#lag[this.#lagAt];
      this.#lag[this.#lagAt] = entered;
      this.#lagAt = (this.#lagAt + 1) % this.#lag.length;
      this.#lagging += (entered >= 0) - (id >= 0);
    }
    if (id < 0) return;
    this.#current = id;
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
    this.#left -= 1 / this.#inRate;
  }

  #settle(seconds) {
    if (this.state === 'stopping') {
      if (this.#gain <= 0) this.#forget();
      return;
    }
    this.#calm += seconds;
    if (this.#calm > CALM) {
      this.held = Math.max(LEAST_HELD, this.held - 0.02);
      this.#calm = 0;
    }
    if (this.#first !== null || this.#lagging > 0) return;
    this.#left = this.#gain = this.#waited = 0;
    this.#current = -1;
    this.#ranDry = !this.#ended;
    this.state = this.#ended ? 'idle' : 'waiting';
  }

  #forget() {
    const later = this.#later;
    this.#first = this.#last = this.#resampler = null;
    this.#inRate = this.#offset = this.#left = this.#lagging = 0;
    this.#ranDry = this.#ended = false;
    this.#current = -1;
    this.#later = [];
    this.state = 'idle';
    for (const each of later) each ? this.push(...each) : this.end();
  }

  /** Keeps what was played, for those who want to see it. */
  #keep(out, time, give) {
    for (let i = 0; i < out.length; i++) {
      this.#frame[this.#filled++] = out[i];
      if (this.#filled === this.#frame.length) {
        this.#report(give);
        this.#time = time + (i + 1) / this.#rate;
      }
    }
  }

  #report(give) {
    const stopped = this.state === 'stopping' ? null : this.#token;
    if (stopped !== null) this.#token = null;
    give({
      samples: this.#frame.slice(0, this.#filled), time: this.#time, state: this.state, held: this.held,
      counts: [...this.#counts], sounds: this.#sounds, stopped,
    });
    this.#filled = 0;
    this.#counts.clear();
    this.#sounds = [];
  }
}

if (typeof globalThis.registerProcessor === 'function') {
  const { AudioWorkletProcessor, registerProcessor, sampleRate } = globalThis;

  registerProcessor('parley-capture', class extends AudioWorkletProcessor {
    constructor({ processorOptions }) {
      super();
      this.line = new CaptureLine(sampleRate, processorOptions.rate);
      this.port.onmessage = ({ data }) => {
        if (data.rate) this.line = new CaptureLine(sampleRate, data.rate);
        this.over = data.close;
      };
    }

    process([input], [output]) {
      this.line.take(input[0], output[0].length, globalThis.currentTime, (samples, time) => {
        this.port.postMessage({ samples, time }, [samples.buffer]);
      });
      return !this.over;
    }
  });

  registerProcessor('parley-playback', class extends AudioWorkletProcessor {
    constructor() {
      super();
      this.line = new PlaybackLine(sampleRate);
      this.port.onmessage = ({ data }) => {
        if (data.samples) this.line.push(data.id, data.samples, data.rate);
        if (data.end) this.line.end();
        if (data.stop) this.line.stop(data.stop);
        this.over = data.close;
      };
    }

    process(_, [output]) {
      this.line.fill(output[0], globalThis.currentTime, report => this.port.postMessage(report, [report.samples.buffer]));
      return !this.over;
    }
  });
}

// ---- Sound, on the page's side ---------------------------------------------------------------------------------------

/** Whether the page's own server, from which a file could not be loaded, does not answer any more. */
async function gone(address) {
  const file = new URL(address, location.href);
  if (file.origin !== location.origin) return false;
  try {
    await fetch(file, { cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(ASK_MS) });
    return false;
  } catch {
    return true;
  }
}

/** The page's audio: one context, made while the user's click or key still counts, with this file in its worklet. */
class AudioHost {
  #over = new AbortController();
  #tell;
  #address;

  constructor(address, tell) {
    const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
    if (!globalThis.isSecureContext) throw new ParleyError('insecure_origin');
    if (!Context || !globalThis.AudioWorkletNode) throw new ParleyError('unsupported_browser');
    this.#tell = tell;
    this.#address = address;
    this.context = new Context({ latencyHint: 'interactive' });
    this.#resume();
  }

  /** Loads this file into a context's worklet. */
  async load(context = this.context) {
    try {
      await context.audioWorklet.addModule(this.#address);
    } catch {
      throw new ParleyError(await gone(this.#address) ? 'gateway_unreachable' : 'worklet_failed');
    }
  }

  /** Tells if the browser holds the sound back, now or later, and lets it go on at the next gesture. */
  async watch() {
    const { signal } = this.#over;
    const again = () => this.#resume();
    for (const gesture of ['pointerup', 'keydown', 'touchend']) addEventListener(gesture, again, { signal, capture: true });
    document.addEventListener('visibilitychange', again, { signal });
    this.context.addEventListener('statechange', () => this.#check(), { signal });
    if (!this.running) await pause(500, signal);
    this.#check();
  }

  get running() {
    return this.context.state === 'running';
  }

  /** The delay behind the context, in s, as far as the browser tells. */
  get latency() {
    return this.context.outputLatency || this.context.baseLatency || 0;
  }

  /** The performance.now() at which what the context renders at `time` (s) leaves the loudspeaker. */
  momentOut(time) {
    const rendered = now() + (time - this.context.currentTime) * 1000;
    const { contextTime, performanceTime } = this.context.getOutputTimestamp?.() ?? {};
    if (performanceTime > 0) {
      const out = performanceTime + (time - contextTime) * 1000;
      // Some browsers' timestamps are from another time altogether.
      if (out > rendered - 100 && out < rendered + 1000) return out;
    }
    return rendered + this.latency * 1000;
  }

  close() {
    this.#over.abort();
    return this.context.state === 'closed' ? undefined : this.context.close().catch(() => {});
  }

  #resume() {
    if (!this.running && this.context.state !== 'closed') this.context.resume().catch(() => {});
  }

  #check() {
    if (!this.#over.signal.aborted && this.context.state === 'suspended') this.#tell(new ParleyError('audio_blocked'));
  }
}

const pause = (ms, signal) => new Promise(resolve => {
  const timer = setTimeout(resolve, ms);
  signal?.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
});

const REFUSALS = {
  NotAllowedError: 'microphone_denied', SecurityError: 'microphone_denied', NotFoundError: 'no_microphone',
  OverconstrainedError: 'no_microphone', NotReadableError: 'microphone_busy', AbortError: 'microphone_busy',
};

async function askForMicrophone(choice) {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new ParleyError(globalThis.isSecureContext ? 'unsupported_browser' : 'insecure_origin');
  }
  const audio = {
    echoCancellation: choice.echoCancellation !== false,
    noiseSuppression: choice.noiseSuppression !== false,
    autoGainControl: choice.autoGainControl !== false,
    channelCount: 1,
  };
  if (choice.deviceId) audio.deviceId = { exact: choice.deviceId };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new ParleyError(REFUSALS[error?.name] ?? 'no_microphone');
  }
}

/** The microphone as frames of 20 ms at the session's rate; silence while there is none. */
class Microphone {
  #host;
  #rate;
  #give;
  #tell;
  #choice = {};
  #stream = null;
  #own = false;
  #opened = 0;
  #started = false;
  #source = null;
  #node = null;
  #aside = null;
  #over = new AbortController();

  constructor(host, rate, give, tell) {
    this.#host = host;
    this.#rate = rate;
    this.#give = give;
    this.#tell = tell;
  }

  /** Takes a MediaStream as it is, or asks for the microphone of a choice; the one before is let go. The last call wins. */
  open(choice) {
    const opened = ++this.#opened;
    return this.#open(choice, () => opened === this.#opened);
  }

  async #open(choice, wanted) {
    const given = typeof MediaStream !== 'undefined' && choice instanceof MediaStream;
    const stream = given ? choice : await askForMicrophone(choice);
    if (this.#over.signal.aborted || !wanted()) {
      if (!given) stop(stream);
      return;
    }
    this.#release();
    this.#choice = given ? {} : choice;
    this.#stream = stream;
    this.#own = !given;
    stream.getAudioTracks()[0]?.addEventListener('ended', () => this.#lost(stream), { signal: this.#over.signal });
    if (this.#started) this.#plug();
  }

  /** Frames come from now on; the worklet is loaded. */
  start() {
    this.#started = true;
    if (this.#stream) this.#plug();
  }

  set rate(rate) {
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#node?.port.postMessage({ rate });
  }

  get rate() {
    return this.#rate;
  }

  close() {
    this.#over.abort();
    this.#release();
    this.#unplug();
  }

  #plug() {
    const { context } = this.#host;
    try {
      this.#source = context.createMediaStreamSource(this.#stream);
      this.#node ??= this.#capture(context);
      this.#source.connect(this.#node);
    } catch {
      this.#plugAside();
    }
  }

  /** Where a browser does not join a stream to a context of another rate, the stream gets a context of its own. */
  #plugAside() {
    const sampleRate = this.#stream.getAudioTracks()[0]?.getSettings().sampleRate;
    this.#unplug();
    this.#aside = new AudioContext(sampleRate ? { sampleRate } : {});
    this.#source = this.#aside.createMediaStreamSource(this.#stream);
    const context = this.#aside;
    this.#host.load(context).then(() => {
      if (this.#aside !== context || this.#node) return;
      this.#node = this.#capture(context);
      this.#source.connect(this.#node);
    }, this.#tell);
  }

  #capture(context) {
    const node = new AudioWorkletNode(context, 'parley-capture', {
      outputChannelCount: [1], channelCount: 1, channelCountMode: 'explicit', processorOptions: { rate: this.#rate },
    });
    node.port.onmessage = ({ data: { samples, time } }) => {
      this.#give(samples, now() + (time - context.currentTime) * 1000);
    };
    // It puts out silence; some browsers run only what leads to the loudspeaker.
    node.connect(context.destination);
    return node;
  }

  #unplug() {
    this.#node?.port?.postMessage({ close: true });
    this.#node?.disconnect();
    this.#node = null;
    this.#aside?.close().catch(() => {});
    this.#aside = null;
  }

  #release() {
    this.#source?.disconnect();
    this.#source = null;
    if (this.#stream && this.#own) stop(this.#stream);
    this.#stream = null;
  }

  async #lost(stream) {
    if (stream !== this.#stream) return;
    this.#tell(new ParleyError('microphone_lost'));
    // The application has given it, and gives another one.
    if (!this.#own) return;
    const { signal } = this.#over;
    const { deviceId, ...anyDevice } = this.#choice;
    while (!signal.aborted && stream === this.#stream) {
      try {
        await this.#open(anyDevice, () => stream === this.#stream);
      } catch {
        await new Promise(resolve => {
          navigator.mediaDevices.addEventListener('devicechange', resolve, { once: true, signal });
          signal.addEventListener('abort', resolve, { once: true });
        });
      }
    }
  }
}

const stop = stream => stream.getTracks().forEach(track => track.stop());

/** Longer answers are not kept: 30 minutes. */
const LONGEST_ANSWER = 1800;

/** What is played: knows of each part of an item how much has come, and how much has been heard. */
class Loudspeaker {
  #host;
  #node = null;
  #handlers;
  #parts = new Map();
  #ids = 0;
  #stops = new Map();
  #tokens = 0;
  #kept = 0;
  #told = 0;
  state = 'idle';
  /** The part that was last heard. */
  current = null;
  /** Whether an answer sounds, short gaps included. */
  sounding = false;

  /** Handlers: position(part, playing), sound(part, at), frame(samples, rate, at), changed(), error(error). */
  constructor(host, handlers) {
    this.#host = host;
    this.#handlers = handlers;
  }

  start() {
    this.#node = new AudioWorkletNode(this.#host.context, 'parley-playback', { numberOfInputs: 0, outputChannelCount: [1] });
    this.#node.port.onmessage = ({ data }) => this.#reported(data);
    this.#node.connect(this.#host.context.destination);
  }

  /** Plays samples behind all that has come before; `owner` is the connection that they came from. Answers receivedMs. */
  play(owner, itemId, contentIndex, samples, rate) {
    const part = this.#part(owner, itemId, contentIndex, rate);
    if (part.cut) return this.#receivedMs(itemId);
    if (this.#kept > LONGEST_ANSWER) {
      if (!part.tooLong) this.#handlers.error(new ParleyError('answer_too_long'));
      part.tooLong = true;
      return this.#receivedMs(itemId);
    }
    const first = part.received === 0;
    part.received += samples.length;
    part.ended = false;
    this.#kept += samples.length / rate;
    this.#node.port.postMessage({ id: part.id, samples, rate }, [samples.buffer]);
    if (first) this.#handlers.position(part, false);
    this.#handlers.changed();
    return this.#receivedMs(itemId);
  }

  /** Nothing more will come of an item. Answers how many ms have; null: it has no audio. */
  end(itemId) {
    const parts = this.#partsOf(itemId);
    for (const part of parts) part.ended = true;
    if (parts.length > 0 && [...this.#parts.values()].every(part => part.ended || part.cut)) {
      this.#node.port.postMessage({ end: true });
    }
    this.#tidy();
    return parts.length > 0 ? this.#receivedMs(itemId) : null;
  }

  /** The parts of which something is not heard, or may still come, in the order in which they are played. */
  unheard() {
    return [...this.#parts.values()].filter(part => !part.cut && (part.played < part.received || !part.ended));
  }

  /** Whether sound waits that is not heard yet. */
  get waiting() {
    return [...this.#parts.values()].some(part => !part.cut && part.played < part.received);
  }

  /** Stops within some ms; resolves with the parts that were cut off, when it is known how much of each has sounded. */
  async stop() {
    const parts = this.unheard();
    for (const part of parts) part.cut = true;
    if (parts.length > 0) {
      const token = ++this.#tokens;
      const { promise, resolve } = deferred();
      this.#stops.set(token, resolve);
      this.#node.port.postMessage({ stop: token });
      // A context that is held back does not answer.
      await Promise.race([promise, pause(600)]);
      this.#stops.delete(token);
      this.#kept = 0;
      this.#tidy();
    }
    return parts;
  }

  /** How many ms of a part have been heard; of one that still plays, less what is between the context and the ear. */
  heardMs(part) {
    const played = part.played / part.rate * 1000;
    const late = this.state === 'playing' && part === this.current && !part.cut ? this.#host.latency * 1000 : 0;
    return Math.max(0, played - late);
  }

  /** How many ms of all parts of an item have been heard; null: it is not known here. */
  itemMs(itemId) {
    const parts = this.#partsOf(itemId);
    return parts.length === 0 ? null : parts.reduce((sum, part) => sum + this.heardMs(part), 0);
  }

  close() {
    // A report that is on its way finds nobody any more.
    if (this.#node) this.#node.port.onmessage = null;
    this.#node?.port.postMessage({ close: true });
    this.#node?.disconnect();
    this.#parts.clear();
    this.state = 'idle';
    this.sounding = false;
    for (const resolve of this.#stops.values()) resolve();
  }

  #partsOf(itemId) {
    return [...this.#parts.values()].filter(part => part.itemId === itemId);
  }

  #receivedMs(itemId) {
    return this.#partsOf(itemId).reduce((sum, part) => sum + part.received / part.rate * 1000, 0);
  }

  #part(owner, itemId, contentIndex, rate) {
    for (const part of this.#parts.values()) {
      if (part.itemId === itemId && part.contentIndex === contentIndex && part.owner === owner) return part;
    }
    const part = {
      id: this.#ids++, owner, itemId, contentIndex, rate, received: 0, played: 0, ended: false, cut: false, tooLong: false,
    };
    this.#parts.set(part.id, part);
    return part;
  }

  /** Parts that are over are remembered for a while, since late audio of them may come. */
  #tidy() {
    for (const part of this.#parts.values()) {
      if (this.#parts.size <= 64) return;
      if (part.cut || (part.ended && part.played >= part.received)) this.#parts.delete(part.id);
    }
  }

  #reported({ samples, time, state, counts, sounds, stopped }) {
    const before = this.state;
    this.state = state;
    for (const [id, count] of counts) this.#count(this.#parts.get(id), count);
    for (const [id, at] of sounds) this.#sounds(this.#parts.get(id), at);
    if (samples.length > 0) this.#handlers.frame(samples, this.#host.context.sampleRate, this.#host.momentOut(time));
    if (stopped !== null) this.#stops.get(stopped)?.();
    if (state === 'idle') this.sounding = false;
    if (this.current && (state !== before || now() - this.#told > 100)) this.#position(state === 'playing');
    if (state !== before) this.#handlers.changed();
  }

  #position(playing) {
    this.#told = now();
    this.#handlers.position(this.current, playing);
  }

  #count(part, count) {
    if (!part) return;
    this.#kept = Math.max(0, this.#kept - count / part.rate);
    if (this.current && part !== this.current && this.state === 'playing') this.#handlers.position(this.current, false);
    if (part !== this.current) this.#told = 0;
    this.current = part;
    part.played = Math.min(part.received, part.played + count);
  }

  #sounds(part, time) {
    if (!part || part.cut) return;
    this.sounding = true;
    this.#handlers.sound(part, this.#host.momentOut(time));
    this.#handlers.changed();
  }
}

function deferred() {
  let resolve;
  let reject;
  const promise = new Promise((yes, no) => { resolve = yes; reject = no; });
  return { promise, resolve, reject };
}

// ---- The wire --------------------------------------------------------------------------------------------------------

const CONNECT_MS = 15_000;
const ASK_MS = 5_000;
/** HTTP answers after which another try may go better. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** What RFC 6455 lets a subprotocol consist of. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const AUDIO_DELTAS = new Set(['response.output_audio.delta', 'response.audio.delta']);

/** The WebSocket's address. */
function addressOf({ url = '/v1/realtime', provider, model }) {
  try {
    const address = new URL(url, globalThis.document?.baseURI);
    address.protocol = address.protocol.replace('http', 'ws');
    address.hash = '';
    if (address.protocol !== 'ws:' && address.protocol !== 'wss:') throw new TypeError();
    if (provider) address.searchParams.set('provider', provider);
    if (model) address.searchParams.set('model', model);
    return address;
  } catch {
    throw new ParleyError('invalid_url');
  }
}

/** A browser does not tell why an upgrade failed; the gateway tells it whoever asks for the same address without one. */
async function whyRefused(address, key) {
  const asked = new URL(address);
  asked.protocol = asked.protocol.replace('ws', 'http');
  try {
    const answer = await fetch(asked, {
      headers: key ? { authorization: `Bearer ${key}` } : {}, cache: 'no-store', credentials: 'omit',
      signal: AbortSignal.timeout(ASK_MS),
    });
    if (answer.ok || answer.status === 426) return new ParleyError('gateway_unreachable');
    const body = await answer.json().catch(() => null);
    const temporary = PASSING.has(answer.status);
    if (isObject(body?.error)) return told(body, { temporary });
    return new ParleyError(temporary ? 'gateway_unreachable' : `http_${answer.status}`, {
      temporary, message: `The gateway does not take the connection: it answers with HTTP status ${answer.status}.`,
    });
  } catch {
    return new ParleyError('gateway_unreachable');
  }
}

/** One WebSocket: events as JSON, and audio in binary messages where that was agreed on, else as base64. */
class Wire {
  /** The formats of the audio, for those who look on. */
  input = PCM;
  output = PCM;
  binary = false;
  #socket = null;
  #handlers;

  /** Handlers: event(event, audio), seen(wireEvent), garbage(), closed(code, reason). */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  async open(address, key) {
    if (key && !TOKEN.test(key)) throw new ParleyError('invalid_key');
    const protocols = ['parley.binary', 'realtime'];
    if (key) protocols.push(`openai-insecure-api-key.${key}`);
    try {
      this.#socket = new WebSocket(address, protocols);
    } catch {
      throw new ParleyError('invalid_url', {
        message: 'The browser does not connect to this address. From a page with https it has to be an https or wss address.',
      });
    }
    this.#socket.binaryType = 'arraybuffer';
    if (!await this.#opened()) throw await whyRefused(address, key);
    this.binary = this.#socket.protocol === 'parley.binary';
  }

  /** How many bytes the network has not taken yet. */
  get backlog() {
    return this.#socket.bufferedAmount;
  }

  get isOpen() {
    return this.#socket?.readyState === 1;
  }

  send(event) {
    if (!this.isOpen) return;
    this.#socket.send(JSON.stringify(event));
    this.#seen('sent', event, null);
  }

  sendAudio(bytes) {
    if (!this.isOpen) return;
    if (this.binary) {
      const message = new Uint8Array(4 + bytes.length);
      message[0] = 1;
      message.set(bytes, 4);
      this.#socket.send(message);
    } else {
      this.#socket.send(`{"type":"input_audio_buffer.append","audio":"${toBase64(bytes)}"}`);
    }
    this.#seen('sent', { type: 'input_audio_buffer.append' }, bytes);
  }

  /** Closes; nothing more is told of this wire. */
  close(code = 1000, reason = '') {
    this.#handlers = null;
    this.#socket?.close(code, reason);
  }

  /** Gives the connection up as lost: the other side does not answer any more. */
  fail() {
    const handlers = this.#handlers;
    this.close(4000, 'no answer');
    handlers?.closed(1006, '');
  }

  #opened() {
    const socket = this.#socket;
    const { promise, resolve } = deferred();
    const late = setTimeout(() => socket.close(), CONNECT_MS);
    let open = false;
    socket.onopen = () => {
      open = true;
      clearTimeout(late);
      resolve(true);
    };
    socket.onmessage = ({ data }) => this.#message(data);
    socket.onclose = ({ code, reason }) => {
      clearTimeout(late);
      if (open) this.#handlers?.closed(code, reason);
      else resolve(false);
    };
    return promise;
  }

  #message(data) {
    if (!this.#handlers) return;
    const [event, audio] = (typeof data === 'string' ? readText(data) : readBinary(new Uint8Array(data))) ?? [];
    if (!event) {
      this.#handlers.garbage();
      return;
    }
    this.#seen('received', event, audio);
    this.#handlers?.event(event, audio);
  }

  #seen(direction, event, audio) {
    const format = audio ? (direction === 'sent' ? this.input : this.output) : null;
    this.#handlers?.seen({ direction, event, audio, format, at: now() });
  }
}

/** The event of a text message, and its audio; null: it is none. */
function readText(data) {
  try {
    const message = JSON.parse(data);
    const event = message?.event === 'realtime' && isObject(message.data) ? message.data : message;
    if (!isObject(event) || typeof event.type !== 'string') return null;
    if (!AUDIO_DELTAS.has(event.type)) return [event, null];
    const { delta, ...rest } = event;
    return [rest, fromBase64(delta)];
  } catch {
    return null;
  }
}

/** Output audio of docs/wire/client.md. */
function readBinary(bytes) {
  const idEnd = 4 + bytes[2];
  const audio = bytes.subarray((idEnd + 3) & ~3);
  if (bytes[0] !== 2 || bytes[2] === 0 || audio.length === 0) return null;
  const itemId = String.fromCharCode(...bytes.subarray(4, idEnd));
  return [{ type: 'response.output_audio.delta', item_id: itemId, content_index: bytes[1] }, audio];
}

// ---- Opus ------------------------------------------------------------------------------------------------------------

const OPUS_ENCODER = {
  codec: 'opus', sampleRate: 24000, numberOfChannels: 1, bitrate: 32000,
  opus: { application: 'voip', frameDuration: 20000, format: 'opus' },
};
const OPUS_DECODER = { codec: 'opus', sampleRate: 24000, numberOfChannels: 1 };

/** Whether this browser makes and reads Opus. */
async function hasOpus() {
  try {
    const answers = await Promise.all([
      AudioEncoder.isConfigSupported(OPUS_ENCODER), AudioDecoder.isConfigSupported(OPUS_DECODER),
    ]);
    return answers.every(answer => answer.supported);
  } catch {
    return false;
  }
}

/** Frames of 20 ms in, packets out, in order. */
class OpusEncoding {
  #encoder = null;
  #give;
  #frames = 0;

  constructor(give) {
    this.#give = give;
  }

  encode(samples) {
    if (this.#encoder?.state !== 'configured') this.#begin();
    const data = new AudioData({
      format: 'f32-planar', sampleRate: 24000, numberOfFrames: samples.length, numberOfChannels: 1,
      timestamp: this.#frames++ * 20_000, data: samples,
    });
    this.#encoder.encode(data);
    data.close();
  }

  /** Resolves when all that was encoded is given. */
  async flush() {
    if (this.#encoder?.state === 'configured') await this.#encoder.flush().catch(() => {});
  }

  close() {
    if (this.#encoder && this.#encoder.state !== 'closed') this.#encoder.close();
  }

  #begin() {
    this.#encoder = new AudioEncoder({
      output: chunk => {
        const bytes = new Uint8Array(chunk.byteLength);
        chunk.copyTo(bytes);
        this.#give(bytes);
      },
      // A closed encoder is replaced at the next frame.
      error: () => {},
    });
    this.#encoder.configure(OPUS_ENCODER);
  }
}

/** The packets of one item in, samples out, in order. */
class OpusDecoding {
  #decoder = null;
  #give;
  #packets = 0;

  constructor(give) {
    this.#give = give;
  }

  decode(data) {
    if (this.#decoder?.state !== 'configured') this.#begin();
    this.#decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: this.#packets++ * 20_000, duration: 20_000, data }));
  }

  /** Resolves when all that was decoded is given. */
  async finish() {
    if (this.#decoder?.state === 'configured') await this.#decoder.flush().catch(() => {});
    this.close();
  }

  close() {
    if (this.#decoder && this.#decoder.state !== 'closed') this.#decoder.close();
  }

  #begin() {
    this.#decoder = new AudioDecoder({
      output: data => {
        const samples = new Float32Array(data.numberOfFrames);
        data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
        this.#give(samples, data.sampleRate);
        data.close();
      },
      // What is no packet is left out; the next one begins a new decoder.
      error: () => {},
    });
    this.#decoder.configure(OPUS_DECODER);
  }
}

// ---- Audio to the gateway and from it --------------------------------------------------------------------------------

/** So many frames of 20 ms wait before it is known which format the session has, and afterwards. */
const WAITING_BEFORE = 750;
const WAITING_AFTER = 100;
/** A network that takes nothing for so long is no network. */
const STUCK_MS = 15_000;

/** The microphone's frames on their way out. What the network does not take in time is left out, the oldest first. */
class Uplink {
  #wire;
  #waiting = [];
  #format = null;
  #opus = null;
  #tell;
  #told = false;
  #stuckAt = 0;
  #least = 0;

  constructor(wire, tell) {
    this.#wire = wire;
    this.#tell = tell;
  }

  /** Frames go out in this format from now on. */
  agreed(format) {
    this.#format = format;
    if (format.type === OPUS.type) this.#opus ??= new OpusEncoding(bytes => this.#wire.sendAudio(bytes));
    this.#drain();
  }

  push(samples) {
    this.#waiting.push(samples);
    this.#drain();
    if (this.#waiting.length > (this.#format ? WAITING_AFTER : WAITING_BEFORE)) {
      this.#waiting.shift();
      if (this.#format && !this.#told) this.#tell(new ParleyError('network_slow'));
      this.#told ||= this.#format !== null;
    }
  }

  /** Resolves when all frames so far are on their way. */
  async flush() {
    this.#drain(Infinity);
    await this.#opus?.flush();
  }

  clear() {
    this.#waiting = [];
  }

  close() {
    this.#waiting = [];
    this.#opus?.close();
  }

  #drain(most = this.#mostBacklog()) {
    if (!this.#format || !this.#wire.isOpen) return;
    this.#watch();
    while (this.#waiting.length > 0 && this.#wire.backlog < most) {
      const samples = this.#waiting.shift();
      if (this.#opus && this.#format.type === OPUS.type) this.#opus.encode(samples);
      else this.#wire.sendAudio(encodePlain(samples, this.#format.type));
    }
    if (this.#waiting.length === 0) this.#told = false;
  }

  /** A quarter of a second on the wire. */
  #mostBacklog() {
    if (this.#opus) return 4_000;
    return rateOf(this.#format ?? PCM) * (this.#wire.binary ? 0.5 : 0.7);
  }

  #watch() {
    const { backlog } = this.#wire;
    if (backlog === 0 || backlog < this.#least || this.#stuckAt === 0) this.#stuckAt = now();
    this.#least = backlog;
    if (now() - this.#stuckAt > STUCK_MS) this.#wire.fail();
  }
}

/** The answers' audio, as samples to be played. */
class Downlink {
  #format = PCM;
  #give;
  #ended;
  #decodings = new Map();
  #odd = new Map();

  /** give(itemId, contentIndex, samples, rate); ended(itemId): all of it was given. */
  constructor(give, ended) {
    this.#give = give;
    this.#ended = ended;
  }

  agreed(format) {
    this.#format = format;
  }

  take(itemId, contentIndex, bytes) {
    if (this.#format.type === OPUS.type) {
      this.#decoding(itemId, contentIndex).decode(bytes);
      return;
    }
    const whole = this.#format.type === 'audio/pcm' ? this.#even(itemId, bytes) : bytes;
    if (whole.length > 0) this.#give(itemId, contentIndex, decodePlain(whole, this.#format.type), rateOf(this.#format));
  }

  async end(itemId) {
    this.#odd.delete(itemId);
    const decoding = this.#decodings.get(itemId);
    this.#decodings.delete(itemId);
    await decoding?.finish();
    this.#ended(itemId);
  }

  /** What is on its way of an item is not wanted any more. */
  drop(itemId) {
    this.#odd.delete(itemId);
    this.#decodings.get(itemId)?.close();
    this.#decodings.delete(itemId);
  }

  close() {
    for (const itemId of [...this.#decodings.keys()]) this.drop(itemId);
  }

  #decoding(itemId, contentIndex) {
    let decoding = this.#decodings.get(itemId);
    if (!decoding) {
      decoding = new OpusDecoding((samples, rate) => this.#give(itemId, contentIndex, samples, rate));
      this.#decodings.set(itemId, decoding);
    }
    return decoding;
  }

  /** A provider may cut a sample in two; its first half waits for the second. */
  #even(itemId, bytes) {
    const half = this.#odd.get(itemId);
    let joined = bytes;
    if (half !== undefined) {
      joined = new Uint8Array(bytes.length + 1);
      joined[0] = half;
      joined.set(bytes, 1);
    }
    if (joined.length % 2 === 1) this.#odd.set(itemId, joined.at(-1));
    else this.#odd.delete(itemId);
    return joined;
  }
}

// ---- What is known of the conversation -------------------------------------------------------------------------------

const MOST_CAPTIONS = 500;
const LONGEST_CAPTION = 50_000;
const MOST_ANCHORS = 200;
/** What a new connection is told of what was said. */
const TOLD_ITEMS = 40;
const TOLD_CHARACTERS = 16_000;
/** How long a character takes to say, before anything is known of this voice, in ms. */
const CHARACTER_MS = 65;

/** The words of both sides in the order of the conversation, whenever they come, and how many of them were heard. */
class Captions {
  #entries = [];
  #byId = new Map();
  #emit;
  #characterMs = CHARACTER_MS;

  constructor(emit) {
    this.#emit = emit;
  }

  all() {
    return this.#entries.filter(entry => entry.caption.text).map(entry => ({ ...entry.caption }));
  }

  /** An item of the conversation, as conversation.item.added and .done tell of it. */
  item(item, previousId) {
    if (item.type !== 'message' || !text(item.id) || item.role === 'system') return;
    const entry = this.place(item.id, item.role === 'assistant' ? 'assistant' : 'user', previousId);
    if (entry.told) return;
    for (const [index, part] of (Array.isArray(item.content) ? item.content : []).entries()) {
      const words = text(part?.text) || text(part?.transcript);
      // What has come by deltas is not shorter than this, but for what was corrected.
      if (words && !entry.parts[index]) this.#write(entry, index, words);
    }
    const silent = entry.caption.role === 'user' && !entry.caption.text;
    if (item.status !== 'in_progress' && !silent) this.done(item.id, item.status === 'incomplete');
  }

  /** The place of an item behind another one; words may come much later. */
  place(id, role, previousId) {
    const entry = this.#byId.get(id) ?? this.#add(id, role);
    const before = this.#byId.get(previousId);
    if (before && before !== entry && !entry.placed) {
      this.#entries.splice(this.#entries.indexOf(entry), 1);
      this.#entries.splice(this.#entries.indexOf(before) + 1, 0, entry);
    }
    entry.placed ||= before !== undefined;
    return entry;
  }

  /** More words of an item; `spoken`: they are heard only when their sound is. */
  more(id, role, index, words, spoken = false) {
    const entry = this.#byId.get(id) ?? this.#add(id, role);
    if (entry.told || !words) return;
    entry.spoken ||= spoken;
    if (role === 'assistant') this.#anchor(entry);
    this.#write(entry, index, (entry.parts[index] ?? '') + words);
  }

  /** All words of a part of an item, in place of those that came by and by. */
  whole(id, role, index, words, spoken = false) {
    const entry = this.#byId.get(id) ?? this.#add(id, role);
    entry.spoken ||= spoken;
    if (!entry.told && words && words !== entry.parts[index]) this.#write(entry, index, words);
  }

  done(id, interrupted = false) {
    const entry = this.#byId.get(id);
    if (!entry) return;
    const { caption } = entry;
    if (caption.done && (caption.interrupted || !interrupted)) return;
    caption.done = true;
    caption.interrupted ||= interrupted;
    entry.whole &&= !interrupted;
    this.#hear(entry);
    this.#changed(entry);
  }

  /** So many ms of an item's audio have come; `whole`: no more will. */
  received(id, ms, whole) {
    const entry = this.#byId.get(id);
    if (!entry) return;
    entry.receivedMs = ms;
    entry.whole = whole;
    if (whole && ms > 1000 && entry.caption.text.length > 10) this.#characterMs = ms / entry.caption.text.length;
  }

  /** So many ms of an item's audio have been heard; null: it has none. */
  heard(id, ms) {
    const entry = this.#byId.get(id);
    if (!entry) return;
    entry.heardMs = ms;
    if (this.#hear(entry)) this.#changed(entry);
  }

  cut(id, ms) {
    const entry = this.#byId.get(id);
    if (!entry || entry.cut) return;
    entry.heardMs = ms;
    this.#hear(entry);
    entry.cut = true;
    entry.caption.interrupted = true;
    this.#changed(entry);
  }

  /** What a new connection has to know of the conversation, as items; they stand for those that are there already. */
  retell() {
    const items = [];
    let characters = 0;
    for (const entry of [...this.#entries].reverse()) {
      const { caption } = entry;
      // An answer that came whole plays on, and will have been heard.
      const all = caption.role === 'user' || (entry.whole && !entry.cut);
      const words = all ? caption.text : caption.text.slice(0, caption.heard);
      if (!words.trim()) continue;
      characters += words.length;
      if (items.length === TOLD_ITEMS || characters > TOLD_CHARACTERS) break;
      const id = `told_${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`;
      entry.told = true;
      this.#byId.set(id, entry);
      entry.names.push(id);
      const type = caption.role === 'user' ? 'input_text' : 'output_text';
      items.unshift({ id, type: 'message', role: caption.role, content: [{ type, text: words }] });
    }
    for (const entry of this.#entries) {
      entry.told = true;
      if (!entry.caption.done) {
        entry.caption.done = true;
        this.#changed(entry);
      }
    }
    return items;
  }

  #add(id, role) {
    const caption = { itemId: id, role, text: '', heard: 0, done: false, interrupted: false, at: now() };
    const entry = {
      caption, parts: [], anchors: [], names: [id], placed: false, told: false, cut: false, spoken: false,
      receivedMs: 0, heardMs: null, whole: false,
    };
    this.#byId.set(id, entry);
    this.#entries.push(entry);
    if (this.#entries.length > MOST_CAPTIONS) {
      for (const name of this.#entries.shift().names) this.#byId.delete(name);
    }
    return entry;
  }

  #write(entry, index, words) {
    const { caption } = entry;
    if (!caption.text) caption.at = now();
    entry.parts[Math.min(index, 15)] = words;
    caption.text = entry.parts.filter(Boolean).join(' ').slice(0, LONGEST_CAPTION);
    this.#hear(entry);
    this.#changed(entry);
  }

  /** Where the words that come now begin, and how much audio had come before them. */
  #anchor(entry) {
    const at = entry.caption.text.length;
    const last = entry.anchors.at(-1);
    if (entry.receivedMs > 0 && (!last || entry.receivedMs > last.ms) && entry.anchors.length < MOST_ANCHORS) {
      entry.anchors.push({ at, ms: entry.receivedMs });
    }
  }

  #hear(entry) {
    const { caption } = entry;
    const before = caption.heard;
    if (caption.role === 'user') caption.heard = caption.text.length;
    else if (entry.receivedMs === 0 && !entry.cut && !entry.spoken) caption.heard = caption.text.length;
    else if (!entry.cut) caption.heard = Math.max(before, this.#charactersAt(entry, entry.heardMs ?? 0));
    return caption.heard !== before;
  }

  #charactersAt(entry, ms) {
    const words = entry.caption.text;
    const complete = entry.whole && entry.caption.done;
    if (entry.whole && ms >= entry.receivedMs - 1) return words.length;
    const pace = complete ? entry.receivedMs / Math.max(1, words.length) : this.#characterMs;
    let from = { at: 0, ms: 0 };
    let to = complete ? { at: words.length, ms: entry.receivedMs } : null;
    for (const anchor of entry.anchors) {
      // Where words come well before or after their sound, an anchor says nothing.
      if (Math.abs(anchor.ms - anchor.at * pace) > 300 + 0.25 * anchor.at * pace) continue;
      if (anchor.ms <= ms) from = anchor;
      else if (!to || anchor.ms < to.ms) to = anchor;
    }
    const characters = to
      ? from.at + (to.at - from.at) * (ms - from.ms) / Math.max(1, to.ms - from.ms)
      : from.at + (ms - from.ms) / pace;
    return wordEnd(words, Math.min(words.length, Math.max(0, Math.floor(characters))));
  }

  #changed(entry) {
    if (entry.caption.text) this.#emit('caption', { ...entry.caption });
  }
}

/** The end of the last word that ends before a place; the place itself in scripts without spaces. */
function wordEnd(words, place) {
  if (place >= words.length || /\s/.test(words[place])) return place;
  for (let i = place; i > Math.max(0, place - 30); i--) {
    if (/\s/.test(words[i - 1])) return i - 1;
  }
  return place <= 30 ? 0 : place;
}

/** Measures from the last loud moment of the user's speech to the first moment of the answer that sounds. */
class TurnClock {
  #floor = 0.002;
  #loudAt = 0;
  #silenceAt = null;
  #typed = false;
  #emit;
  level = 0;

  constructor(emit) {
    this.#emit = emit;
  }

  /** A frame of the microphone, which began at `at`. */
  frame(samples, at) {
    this.level = loudness(samples);
    // Down at once, up slowly: what is always there is noise, whatever comes and goes is speech.
    this.#floor = this.level < this.#floor ? this.#floor * 0.8 + this.level * 0.2 : Math.min(0.05, this.#floor * 1.005 + 1e-6);
    if (this.level > Math.max(0.004, this.#floor * 3)) this.#loudAt = at + 20;
  }

  /** The user's speech has ended a moment ago. */
  silence() {
    const at = now();
    this.#silenceAt = at - this.#loudAt < 10_000 ? this.#loudAt : at;
    this.#typed = false;
  }

  /** A text was sent, or the talk button was let go. */
  typed() {
    this.#silenceAt = now();
    this.#typed = true;
  }

  /** No answer comes to what was said. */
  cancel() {
    this.#silenceAt = null;
  }

  sound(itemId, soundAt) {
    if (this.#silenceAt === null) return;
    const silenceAt = this.#silenceAt;
    this.#silenceAt = null;
    this.#emit('turn', { itemId, silenceAt, soundAt, ms: soundAt - silenceAt, typed: this.#typed });
  }
}

/** An answer that does not begin for so long is not waited for any more. */
const PATIENCE_MS = 20_000;

/** The responses that are being made, and those that are asked for: a conversation has one at a time. */
class Responses {
  /** Those that are not done: id → {id, own, cut, items}; `own`: it belongs to the conversation. */
  #active = new Map();
  #send;
  #changed;
  #owed = false;
  #asked = null;
  /** What was asked for and is neither created nor refused: {id, cut}. */
  #request = null;
  #timer = 0;
  /** Items of answers that were cut off; what still comes of them is dropped. */
  #cutItems = new Set();

  constructor(send, changed) {
    this.#send = send;
    this.#changed = changed;
  }

  /** Asks for an answer, at once or when the one before is over. */
  ask() {
    this.#owed = this.#request !== null || this.active !== null;
    if (!this.#owed) this.#asked = this.#send({ type: 'response.create' });
    this.await();
  }

  /** A response of the conversation is asked for with the event of this id. */
  requested(id) {
    this.#request = { id, cut: false };
  }

  /** An answer is to come. */
  await() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp(), PATIENCE_MS);
    this.waiting = true;
    this.#changed();
  }

  waiting = false;

  /** The response of the conversation that is being made, or null. */
  get active() {
    for (const response of this.#active.values()) if (response.own) return response;
    return null;
  }

  /** Whether something of an answer is awaited. */
  get busy() {
    const { active } = this;
    return this.waiting || (active !== null && !active.cut);
  }

  created(response) {
    if (!text(response?.id)) return null;
    const made = { id: response.id, own: response.conversation_id !== null, cut: false, items: new Set() };
    if (made.own) {
      made.cut = this.#request?.cut === true;
      this.#request = null;
    }
    this.#active.set(made.id, made);
    if (this.#active.size > 32) this.#active.delete(this.#active.keys().next().value);
    // After one that was cut, another may be owed.
    if (made.own && !(made.cut && this.#owed)) this.#stopWaiting();
    return made;
  }

  item(responseId, itemId) {
    const response = this.#active.get(responseId);
    if (!response || !text(itemId) || response.items.has(itemId)) return;
    response.items.add(itemId);
    if (response.cut) this.cutItem(itemId);
  }

  /** Returns what was known of it. */
  done(responseId) {
    const response = this.#active.get(responseId) ?? null;
    this.#active.delete(responseId);
    this.#askOwed();
    this.#changed();
    return response;
  }

  /** Whether an item is of a response that is out of the conversation. */
  apart(itemId) {
    return [...this.#active.values()].some(response => !response.own && response.items.has(itemId));
  }

  cut() {
    this.#owed = false;
    this.#stopWaiting();
    for (const response of this.#active.values()) {
      response.cut = true;
      response.items.forEach(item => this.cutItem(item));
    }
  }

  /** What is asked for and not yet created is cut when it is. */
  cutRequest() {
    if (this.#request) this.#request.cut = true;
  }

  cutItem(itemId) {
    this.#cutItems.add(itemId);
    if (this.#cutItems.size > 256) this.#cutItems.delete(this.#cutItems.keys().next().value);
  }

  isCut(itemId, responseId) {
    return this.#cutItems.has(itemId) || this.#active.get(responseId)?.cut === true;
  }

  /** Whether an error is the answer to what this has asked for; it is asked for again when it can be. */
  refused(eventId, code) {
    const request = eventId && eventId === this.#request?.id ? this.#request : null;
    if (!eventId || (!request && eventId !== this.#asked)) return false;
    if (request) this.#request = null;
    this.#stopWaiting();
    const busy = eventId === this.#asked && code === 'conversation_already_has_active_response';
    if (busy && !request?.cut) this.#owed = true;
    if (!busy) this.#askOwed();
    return busy;
  }

  close() {
    clearTimeout(this.#timer);
  }

  #askOwed() {
    if (this.#owed && this.active === null) this.ask();
  }

  /** What has not come after so long never does. */
  #giveUp() {
    this.#request = null;
    this.#stopWaiting();
    this.#askOwed();
  }

  #stopWaiting() {
    clearTimeout(this.#timer);
    this.waiting = false;
    this.#changed();
  }
}

const LONGEST_RESULT = 200_000;

/** The page's tools: runs what the model calls, and answers it. */
class Tools {
  #tools;
  #calls = new Map();
  #seen = new Set();
  #emit;
  #send;
  #ask;

  constructor(tools, emit, send, ask) {
    this.#tools = new Map(tools.map(tool => [tool.name, tool]));
    this.#emit = emit;
    this.#send = send;
    this.#ask = ask;
  }

  get declarations() {
    return [...this.#tools.values()].map(({ name, description, parameters }) => ({
      type: 'function', name, description, parameters: parameters ?? { type: 'object', properties: {} },
    }));
  }

  get running() {
    return [...this.#calls.values()].some(call => call.mine && !call.answered);
  }

  /** A call with all its arguments; each is told twice, and taken once. */
  called(responseId, { call_id: callId, name, arguments: args }) {
    if (!text(callId) || !text(name) || this.#seen.has(callId)) return;
    this.#seen.add(callId);
    if (this.#seen.size > 256) this.#seen.delete(this.#seen.keys().next().value);
    const tool = this.#tools.get(name);
    const call = {
      responseId, mine: tool !== undefined, answered: false, abort: new AbortController(),
      detail: { callId, name, arguments: readArguments(args), status: 'called', at: now() },
    };
    this.#calls.set(callId, call);
    if (this.#calls.size > 64) this.#calls.delete(this.#calls.keys().next().value);
    this.#emit('tool', { ...call.detail });
    if (tool) this.#run(tool, call, args);
  }

  /** The result of a call, as an item of the conversation, whoever gave it. */
  output({ call_id: callId, output }) {
    const call = this.#calls.get(callId);
    if (call && !call.answered) this.#end(call, 'done', text(output));
  }

  /** A response is over; when all its calls are answered, the model is asked to go on, unless it was `cut`. */
  responseDone(responseId, cancelled, cut) {
    for (const call of this.#calls.values()) {
      if (call.responseId !== responseId) continue;
      call.over = true;
      call.quiet ||= cut;
      if (cancelled && !call.mine) this.#end(call, 'cancelled');
    }
    this.#goOn(responseId);
  }

  /** The user has changed their mind, or the conversation is over. */
  cancel() {
    for (const call of this.#calls.values()) {
      if (call.answered || !call.mine) continue;
      call.abort.abort();
      call.quiet = true;
      this.#send(outputOf(call, 'The user interrupted this call.'));
      this.#end(call, 'cancelled');
    }
  }

  /** The connection was lost: no result can be told any more, and none comes from elsewhere. */
  lost() {
    for (const call of this.#calls.values()) {
      if (call.answered) continue;
      call.abort.abort();
      this.#end(call, 'cancelled');
    }
  }

  async #run(tool, call, args) {
    let status = 'done';
    let result;
    try {
      const parsed = JSON.parse(text(args) || '{}');
      const returned = await tool.run(parsed, { callId: call.detail.callId, signal: call.abort.signal });
      result = typeof returned === 'string' ? returned : JSON.stringify(returned) ?? 'null';
      if (result.length > LONGEST_RESULT) throw new RangeError(`The result is longer than ${LONGEST_RESULT} characters.`);
    } catch (error) {
      status = 'failed';
      result = JSON.stringify({ error: String(error?.message ?? error).slice(0, 1000) });
    }
    if (call.answered) return;
    this.#send(outputOf(call, result));
    this.#end(call, status, result);
    this.#goOn(call.responseId);
  }

  #end(call, status, result) {
    call.answered = true;
    Object.assign(call.detail, { status, endedAt: now() });
    if (result !== undefined) call.detail.result = result;
    this.#emit('tool', { ...call.detail });
  }

  #goOn(responseId) {
    const calls = [...this.#calls.values()].filter(call => call.responseId === responseId && call.mine);
    if (calls.length === 0 || !calls.every(call => call.answered && call.over)) return;
    const quiet = calls.some(call => call.quiet);
    for (const call of calls) this.#calls.delete(call.detail.callId);
    if (!quiet) this.#ask();
  }
}

const outputOf = (call, output) => ({
  type: 'conversation.item.create', item: { type: 'function_call_output', call_id: call.detail.callId, output },
});

function readArguments(args) {
  try {
    return JSON.parse(args);
  } catch {
    return args;
  }
}

// ---- One connection --------------------------------------------------------------------------------------------------

const AGREE_MS = 10_000;
/** What the user says less long than that is a slip of the button. */
const SHORTEST_TALK_MS = 120;
const REPORT_MS = 250;
/** An error that was told so shortly before the end is the reason of it. */
const REASON_MS = 5_000;

/** A session with the gateway, from its beginning to its end: agrees on formats, follows its events, takes turns. */
class Session {
  id = null;
  settings;
  speech = false;
  talking = false;
  #wire;
  #parley;
  #options;
  #uplink;
  #downlink;
  #responses;
  #tools;
  #answers = new Map();
  #events = 0;
  #lastError = null;
  #garbage = false;
  #begun = deferred();
  #reportedAt = 0;
  #truncated = new Set();
  #talkedAt = 0;
  #released = null;
  #over = false;
  #heard = false;
  #agreed = false;
  /** Whether the gateway has taken the settings that were asked for. */
  #updated = false;
  /** Errors before the session has begun: if it never does, one of them is the reason. */
  #early = [];

  /** `parley`: what outlives a connection: emit, captions, clock, speaker, microphone, changed(), lost(code, reason, error). */
  constructor(parley, options) {
    this.#parley = parley;
    this.#options = options;
    this.settings = options.session ?? {};
    this.#wire = new Wire({
      event: (event, audio) => this.#received(event, audio),
      seen: event => parley.emit('event', event),
      garbage: () => this.#unreadable(),
      closed: (code, reason) => this.#closed(code, reason),
    });
    this.#uplink = new Uplink(this.#wire, error => parley.emit('error', error));
    this.#downlink = new Downlink((...audio) => this.#play(...audio), itemId => this.#audioEnded(itemId));
    this.#responses = new Responses(event => this.send(event), () => parley.changed());
    this.#tools = new Tools(options.tools ?? [], parley.emit, event => this.send(event), () => this.#goOn());
    this.#begun.promise.catch(() => {});
  }

  get wire() {
    return { binary: this.#wire.binary, input: describe(this.#wire.input), output: describe(this.#wire.output) };
  }

  /** Connects and agrees on formats; `history` gives the items of what was said before. */
  async begin(address, key, history) {
    await this.#wire.open(address, key);
    await Promise.race([this.#agree(address), this.#begun.promise]);
    this.#agreed = true;
    this.#early.splice(0).forEach(error => this.#parley.emit('error', error));
    for (const item of history()) this.send({ type: 'conversation.item.create', item });
    this.#uplink.agreed(this.#wire.input);
  }

  /** Sends an event, and answers its id. */
  send(event) {
    const sent = { event_id: `page_${++this.#events}`, ...event };
    if (event.type === 'response.create') {
      if (event.response?.conversation !== 'none') this.#responses.requested(sent.event_id);
      this.#responses.await();
    }
    this.#wire.send(sent);
    return sent.event_id;
  }

  frame(samples) {
    if (!this.#manual || this.talking || this.#released) this.#uplink.push(samples);
    this.#released?.();
  }

  sendText(words) {
    if (this.#responses.busy || this.#parley.speaker?.waiting) this.interrupt();
    this.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: words }] },
    });
    this.#parley.clock.typed();
    this.#responses.ask();
  }

  /** Stops the answer and what is being made of it. */
  interrupt() {
    const { active } = this.#responses;
    const cancelled = active !== null && !active.cut;
    this.#stopAnswer(active);
    this.#responses.cutRequest();
    if (cancelled) this.#quietly({ type: 'response.cancel', response_id: active.id });
    this.#tools.cancel();
  }

  talk(on) {
    if (!this.#manual || on === this.talking) return;
    this.talking = on;
    if (on) this.#beginTalk();
    else this.#endTalk();
    this.#parley.changed();
  }

  update(settings) {
    this.send({ type: 'session.update', session: { type: 'realtime', ...settings } });
  }

  /** How far a part of an item has been played; a Parley gateway wants to know. */
  position(part, ms, playing, at) {
    if (part.owner !== this || !this.#wire.binary || part.cut) return;
    if (playing && part === this.reported && at - this.#reportedAt < REPORT_MS && this.wasPlaying) return;
    this.reported = part;
    this.wasPlaying = playing;
    this.#reportedAt = at;
    this.#wire.send({
      type: 'playback.position', item_id: part.itemId, content_index: part.contentIndex, audio_end_ms: Math.floor(ms), playing,
    });
  }

  get thinking() {
    return this.#responses.busy || this.#tools.running;
  }

  close() {
    this.#over = true;
    this.#tools.cancel();
    this.#release();
    this.#wire.close();
    this.#begun.reject(new ParleyError('closed'));
  }

  #release() {
    this.#uplink.close();
    this.#downlink.close();
    this.#responses.close();
    this.speech = this.talking = false;
  }

  // Formats

  async #agree(address) {
    const { session = {}, codec = 'auto' } = this.#options;
    const input = session.audio?.input?.format;
    const output = session.audio?.output?.format;
    const free = !input && !output && codec !== 'pcm';
    const opus = free && (codec === 'opus' || !isHere(address)) && await hasOpus();
    let answer = await this.#update(input ?? (opus ? OPUS : PCM), output ?? (opus ? OPUS : PCM));
    if (answer?.type === 'error' && opus) answer = await this.#update(PCM, PCM);
    if (answer?.type === 'error') this.#parley.emit('error', told(answer));
    if (!answer && this.id === null && !this.#heard) throw new ParleyError('gateway_silent');
  }

  async #update(input, output) {
    const { session = {} } = this.#options;
    const tools = [...session.tools ?? [], ...this.#tools.declarations];
    const settings = {
      type: 'realtime', ...session,
      audio: {
        ...session.audio,
        input: { ...session.audio?.input, format: input }, output: { ...session.audio?.output, format: output },
      },
    };
    if (tools.length > 0) settings.tools = tools;
    const { promise, resolve } = deferred();
    const id = this.send({ type: 'session.update', session: settings });
    this.#answers.set(id, { resolve, format: input.type });
    const answer = await Promise.race([promise, pause(AGREE_MS)]);
    this.#answers.delete(id);
    // Without an answer, what was asked for may have been taken, but Opus only where somebody said so.
    if (!answer && input.type !== OPUS.type) this.#formats(input, output);
    if (!answer && input.type === OPUS.type) return this.#update(PCM, PCM);
    return answer;
  }

  #settled(event) {
    const { audio } = event.session ?? {};
    this.settings = event.session ?? this.settings;
    this.#formats(formatOr(audio?.input?.format, this.#wire.input), formatOr(audio?.output?.format, this.#wire.output));
    if (event.type !== 'session.updated') return;
    // The gateway's own settings are answered, too, and may be answered first.
    const answered = [...this.#answers.values()].filter(({ format }) => format === (audio?.input?.format?.type ?? format));
    answered.forEach(({ resolve }) => resolve(event));
    this.#updated ||= answered.length > 0 || this.#answers.size === 0;
  }

  #formats(input, output) {
    this.#wire.input = input;
    this.#wire.output = output;
    this.#downlink.agreed(output);
    this.#parley.rate(rateOf(input));
    if (this.#answers.size === 0) this.#uplink.agreed(input);
  }

  // Events

  #received(event, audio) {
    if (this.#over) return;
    this.#heard = true;
    if (audio) this.#audio(event, audio);
    else if (Object.hasOwn(HANDLERS, event.type)) HANDLERS[event.type].call(this.#hands, event);
  }

  /** What the handlers of events, which stand below by themselves, may do. */
  #hands = {
    created: event => {
      this.id = text(event.session?.id) || this.id;
      this.#settled(event);
    },
    updated: event => this.#settled(event),
    error: event => this.#error(event),
    speech: on => this.#speech(on),
    stopPlaying: () => this.#stopAnswer(null),
    captions: () => this.#parley.captions,
    plays: () => this.#parley.speaker !== null,
    responses: () => this.#responses,
    tools: () => this.#tools,
    itemKnown: event => this.#itemKnown(event),
    audioOver: itemId => { if (text(itemId)) this.#downlink.end(itemId); },
    responseCreated: event => this.#responseCreated(event.response),
    responseDone: event => this.#responseDone(event.response ?? {}),
    changed: () => this.#parley.changed(),
  };

  #audio(event, audio) {
    const { item_id: itemId, content_index: index = 0, response_id: responseId } = event;
    if (!text(itemId)) return;
    if (responseId) this.#responses.item(responseId, itemId);
    if (this.#responses.isCut(itemId, responseId)) return;
    this.#downlink.take(itemId, Number(index) || 0, audio);
  }

  #play(itemId, contentIndex, samples, rate) {
    const { speaker, captions } = this.#parley;
    if (this.#over || this.#responses.isCut(itemId)) return;
    if (!speaker) return;
    const received = speaker.play(this, itemId, contentIndex, samples, rate);
    captions.received(itemId, received, false);
  }

  #audioEnded(itemId) {
    const { speaker, captions } = this.#parley;
    if (!speaker) return;
    const received = speaker.end(itemId);
    // Of an answer that was cut off, the words may go on where the sound does not.
    if (received !== null) captions.received(itemId, received, !this.#responses.isCut(itemId));
  }

  #itemKnown({ item, previous_item_id: previous }) {
    if (!isObject(item)) return;
    if (item.type === 'function_call_output') this.#tools.output(item);
    this.#parley.captions.item(item, previous);
  }

  #responseCreated(response) {
    const made = this.#responses.created(response);
    if (made?.cut) this.#quietly({ type: 'response.cancel', response_id: made.id });
    this.#parley.changed();
  }

  #responseDone(response) {
    const cancelled = response.status === 'cancelled';
    const known = this.#responses.done(response.id);
    const items = new Set([...known?.items ?? [], ...(Array.isArray(response.output) ? response.output : []).map(item => item?.id)]);
    for (const itemId of items) {
      this.#hands.audioOver(itemId);
      this.#parley.captions.done(itemId, cancelled || known?.cut);
    }
    const { error } = response.status_details ?? {};
    if (response.status === 'failed' && isObject(error)) this.#parley.emit('error', told({ error, response }));
    if (response.status === 'failed' || (cancelled && !this.#responses.busy)) this.#parley.clock.cancel();
    this.#tools.responseDone(response.id, cancelled, cancelled || known?.cut === true);
  }

  #error(event) {
    const error = told(event);
    const { event_id: about } = isObject(event.error) ? event.error : {};
    const asked = this.#answers.get(about) ?? (about ? undefined : [...this.#answers.values()].at(-1));
    this.#lastError = { error, at: now() };
    if (asked && (about || /format/.test(event.error?.param))) {
      asked.resolve(event);
    } else if (!this.#truncated.has(about) && !this.#responses.refused(about, error.code)) {
      if (this.#agreed) this.#parley.emit('error', error);
      else if (this.#early.length < 8) this.#early.push(error);
    }
  }

  #unreadable() {
    if (!this.#garbage) this.#parley.emit('error', new ParleyError('invalid_event'));
    this.#garbage = true;
  }

  #closed(code, reason) {
    if (this.#over) return;
    this.#over = true;
    this.#tools.lost();
    this.#release();
    // One that is long past is not the reason.
    const error = now() - this.#lastError?.at < REASON_MS ? this.#lastError.error : null;
    this.#begun.reject(ending(code, reason, error));
    this.#parley.lost(this, code, reason, error);
  }

  // Turns

  get #detection() {
    const wanted = this.#options.session?.audio?.input?.turn_detection;
    // Before, the gateway's own would let the microphone through while the button is up.
    return this.#updated || wanted === undefined ? this.settings?.audio?.input?.turn_detection : wanted;
  }

  get #manual() {
    return this.#detection === null;
  }

  #speech(on) {
    this.speech = on;
    if (!on) {
      this.#parley.clock.silence();
      if (this.#detection?.create_response !== false) this.#responses.await();
    } else {
      this.#parley.clock.cancel();
      if (this.#detection?.interrupt_response !== false) this.#stopAnswer(this.#responses.active);
    }
    this.#parley.changed();
  }

  /** Stops what plays, and tells the provider how much of each item was heard. */
  async #stopAnswer(active) {
    const { speaker, captions } = this.#parley;
    this.#responses.cut();
    if (!speaker) {
      for (const itemId of active?.items ?? []) captions.done(itemId, true);
      return;
    }
    const parts = await speaker.stop();
    for (const part of parts) {
      this.#responses.cutItem(part.itemId);
      this.#downlink.drop(part.itemId);
      captions.cut(part.itemId, speaker.heardMs(part));
      this.#truncate(part, speaker.heardMs(part));
    }
    const heard = parts.find(part => part.played < part.received) ?? parts.at(-1);
    if (heard) this.#parley.emit('interrupted', { itemId: heard.itemId, heardMs: speaker.heardMs(heard) });
    this.#parley.changed();
  }

  #truncate(part, ms) {
    if (part.owner !== this || this.#over || this.#responses.apart(part.itemId)) return;
    if (this.#wire.binary) {
      this.#wire.send({
        type: 'playback.position', item_id: part.itemId, content_index: part.contentIndex,
        audio_end_ms: Math.floor(ms), playing: false,
      });
    }
    this.#quietly({
      type: 'conversation.item.truncate', item_id: part.itemId, content_index: part.contentIndex, audio_end_ms: Math.floor(ms),
    });
  }

  /** Sends what may come too late, which is no error that anybody wants to see. */
  #quietly(event) {
    this.#truncated.add(this.send(event));
    if (this.#truncated.size > 64) this.#truncated.delete(this.#truncated.values().next().value);
  }

  /** Tools have answered. If the user speaks, the answer to that takes it in. */
  #goOn() {
    if (this.#over || this.talking || (this.speech && this.#detection?.create_response !== false)) return;
    this.#responses.ask();
  }

  #beginTalk() {
    this.interrupt();
    this.#released = null;
    this.#parley.clock.cancel();
    this.#uplink.clear();
    this.send({ type: 'input_audio_buffer.clear' });
    this.#talkedAt = now();
  }

  /** What was said before the button was let go is still on its way from the microphone. */
  async #endTalk() {
    if (now() - this.#talkedAt < SHORTEST_TALK_MS) {
      this.#uplink.clear();
      this.send({ type: 'input_audio_buffer.clear' });
      return;
    }
    this.#parley.clock.typed();
    this.#responses.await();
    let frames = 2;
    const { promise, resolve } = deferred();
    const released = () => { if (--frames <= 0) resolve(); };
    this.#released = released;
    await Promise.race([promise, pause(150)]);
    if (this.#released !== released || this.#over) return;
    this.#released = null;
    await this.#uplink.flush();
    this.send({ type: 'input_audio_buffer.commit' });
    this.#responses.ask();
  }
}

const FORMATS = new Set(['audio/pcm', 'audio/pcmu', 'audio/pcma', OPUS.type]);

/** A format, if it is one that can be played; else the one before. */
const formatOr = (format, before) => (FORMATS.has(format?.type) ? format : before);

const describe = format => (format.rate ? `${format.type};rate=${format.rate}` : format.type);

/** Whether the gateway is on this computer, where bytes cost nothing. */
const isHere = ({ hostname }) => hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';

/** What each event of the gateway means; `this` are the session's hands. */
const HANDLERS = {
  'session.created'(event) { this.created(event); },
  'session.updated'(event) { this.updated(event); },
  'error'(event) { this.error(event); },
  'input_audio_buffer.speech_started'() { this.speech(true); },
  'input_audio_buffer.speech_stopped'() { this.speech(false); },
  'input_audio_buffer.committed'(event) {
    if (text(event.item_id)) this.captions().place(event.item_id, 'user', event.previous_item_id);
  },
  'output_audio_buffer.cleared'() { this.stopPlaying(); },
  'conversation.item.added'(event) { this.itemKnown(event); },
  'conversation.item.created'(event) { this.itemKnown(event); },
  'conversation.item.done'(event) { this.itemKnown(event); },
  'conversation.item.input_audio_transcription.delta'(event) {
    this.captions().more(event.item_id, 'user', event.content_index ?? 0, text(event.delta));
  },
  'conversation.item.input_audio_transcription.completed'(event) {
    this.captions().whole(event.item_id, 'user', event.content_index ?? 0, text(event.transcript));
    if (event.status !== 'in_progress') this.captions().done(event.item_id);
  },
  'conversation.item.input_audio_transcription.failed'(event) { this.captions().done(event.item_id); },
  'response.created'(event) { this.responseCreated(event); },
  'response.output_item.added'(event) { this.responses().item(event.response_id, event.item?.id); },
  'response.content_part.added'(event) { this.responses().item(event.response_id, event.item_id); },
  'response.output_item.done'(event) {
    if (event.item?.type === 'function_call' && event.item.status !== 'incomplete') called.call(this, event, event.item);
  },
  'response.function_call_arguments.done'(event) {
    // Told of calls that were cut off, too: then the item tells whether it is one.
    if (isObject(readArguments(event.arguments))) called.call(this, event, event);
  },
  'response.output_audio_transcript.delta'(event) { said.call(this, event, 'more', text(event.delta), true); },
  'response.output_audio_transcript.done'(event) { said.call(this, event, 'whole', text(event.transcript), true); },
  'response.output_text.delta'(event) { said.call(this, event, 'more', text(event.delta), false); },
  'response.output_text.done'(event) { said.call(this, event, 'whole', text(event.text), false); },
  'response.output_audio.done'(event) { this.audioOver(event.item_id); },
  'response.done'(event) { this.responseDone(event); },
};

function called({ response_id: responseId }, call) {
  if (!this.responses().isCut(null, responseId)) this.tools().called(responseId, call);
}

function said({ item_id: itemId, response_id: responseId, content_index: index = 0 }, how, words, spoken) {
  if (!text(itemId)) return;
  this.responses().item(responseId, itemId);
  if (this.responses().isCut(itemId, responseId)) return;
  this.captions()[how](itemId, 'assistant', index, words, spoken && this.plays());
}

// ---- The conversation ------------------------------------------------------------------------------------------------

const RETRIED_CODES = new Set([1001, 1005, 1006, 1012, 1013]);
const RETRIED_ERRORS = new Set(['provider_lost', 'provider_stalled', 'provider_closed', 'provider_timeout', 'internal_error']);
const NEVER_RETRIED = new Set(['provider_quota_exceeded', 'client_too_slow']);
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;
/** A connection that has lasted so long was a good one: if it is lost, trying begins anew. */
const GOOD_MS = 10_000;
const MOST_QUEUED = 100;

/** The error of a connection that was closed, after the last error that was told before. */
function ending(code, reason, last) {
  if (last) return new ParleyError(last.code, { message: last.message, event: last.event, temporary: mayPass(code, last) });
  if (code === 1006 || code === 1005) return new ParleyError('gateway_lost');
  return new ParleyError('gateway_lost', {
    message: `The gateway has ended the conversation${reason ? `: ${reason}` : ` (close code ${code})`}.`,
    temporary: mayPass(code, null),
  });
}

const mayPass = (code, error) => !NEVER_RETRIED.has(error?.code)
  && (RETRIED_CODES.has(code) || (code === 1011 && RETRIED_ERRORS.has(error?.code)));

/** A spoken conversation. See parley.d.ts for what each method and event means. */
export class Parley {
  #options;
  #emitter = new Emitter();
  #state = 'idle';
  #phase = 'idle';
  #muted = false;
  #host = null;
  #microphone = null;
  #speaker = null;
  #session = null;
  #captions;
  #clock;
  #connecting = null;
  #over = new AbortController();
  #tries = 0;
  #openedAt = 0;
  #queued = [];
  #outputLevel = [0, 0];
  #shared;

  constructor(options = {}) {
    this.#options = { ...options };
    const emit = (name, detail) => this.#emitter.emit(name, detail);
    this.#captions = new Captions(emit);
    this.#clock = new TurnClock(emit);
    const parley = this;
    this.#shared = {
      emit, captions: this.#captions, clock: this.#clock,
      get speaker() { return parley.#speaker; },
      changed: () => this.#follow(),
      rate: rate => { if (this.#microphone) this.#microphone.rate = rate; },
      lost: (...how) => this.#lost(...how),
    };
  }

  get state() {
    return this.#state;
  }

  get muted() {
    return this.#muted;
  }

  get wire() {
    return this.#phase === 'open' ? this.#session.wire : null;
  }

  get sessionId() {
    return this.#session?.id ?? null;
  }

  get captions() {
    return this.#captions.all();
  }

  on(name, listener) {
    return this.#emitter.on(name, listener);
  }

  connect() {
    if (this.#connecting) return this.#connecting;
    const connecting = this.#start().catch(error => {
      // Closed meanwhile and connected anew: that is another one's.
      if (this.#connecting === connecting) this.#connecting = null;
      throw error;
    });
    this.#connecting = connecting;
    return connecting;
  }

  async close() {
    if (this.#phase === 'idle' || this.#phase === 'closed') return;
    const told = this.#phase !== 'connecting';
    const released = this.#release();
    if (told) this.#emitter.emit('close', { code: 1000, reason: '', error: null });
    await released;
  }

  send(event) {
    if (this.#phase === 'open') {
      this.#session.send(event);
    } else {
      this.#later(session => session.send(event));
    }
  }

  sendText(words) {
    if (this.#phase === 'open') this.#session.sendText(String(words));
    else this.#later(session => session.sendText(String(words)));
  }

  interrupt() {
    if (this.#phase === 'open') this.#session.interrupt();
  }

  mute(on = true) {
    this.#muted = on;
  }

  talk(on) {
    if (this.#phase === 'open') this.#session.talk(on);
  }

  update(session) {
    // The next connection has to have it, too.
    this.#options.session = merged(this.#options.session ?? {}, session);
    if (this.#phase === 'open') this.#session.update(session);
  }

  async useMicrophone(microphone) {
    this.#options.microphone = microphone;
    if (this.#phase === 'idle' || this.#phase === 'closed') return;
    if (this.#microphone) await this.#microphone.open(microphone);
  }

  levels() {
    const [output, at] = this.#outputLevel;
    return { input: this.#microphone && !this.#muted ? this.#clock.level : 0, output: now() - at < 100 ? output : 0 };
  }

  static async microphones() {
    const devices = await navigator.mediaDevices?.enumerateDevices?.() ?? [];
    return devices.filter(device => device.kind === 'audioinput');
  }

  // From the first click to the end

  async #start() {
    this.#over = new AbortController();
    const { signal } = this.#over;
    this.#enter('connecting');
    try {
      const address = addressOf(this.#options);
      await this.#openSound(signal);
      await this.#dial(address, signal, false);
    } catch (error) {
      if (signal.aborted) throw new ParleyError('closed', { fatal: true });
      this.#release();
      if (error instanceof ParleyError) error.fatal = true;
      throw error;
    }
  }

  async #openSound(signal) {
    const { microphone = true, loudspeaker = true, worklet = import.meta.url } = this.#options;
    if (!microphone && !loudspeaker) return;
    const emitError = error => this.#emitter.emit('error', error);
    const host = new AudioHost(worklet, emitError);
    this.#host = host;
    const rate = rateOf(this.#options.session?.audio?.input?.format ?? PCM);
    const capture = microphone ? new Microphone(host, rate, (...frame) => this.#captured(...frame), emitError) : null;
    this.#microphone = capture;
    await Promise.all([host.load(), capture?.open(microphone === true ? {} : microphone)]);
    if (signal.aborted) throw new ParleyError('closed');
    if (loudspeaker) {
      this.#speaker = new Loudspeaker(host, {
        position: (part, playing) => this.#position(part, playing),
        sound: (part, at) => this.#clock.sound(part.itemId, at),
        frame: (...frame) => this.#played(...frame),
        changed: () => this.#follow(),
        error: emitError,
      });
      this.#speaker.start();
    }
    capture?.start();
    host.watch();
  }

  async #dial(address, signal, resumed) {
    const { key } = this.#options;
    const session = new Session(this.#shared, this.#options);
    this.#session = session;
    try {
      const secret = typeof key === 'function' ? await key() : key;
      if (signal.aborted) throw new ParleyError('closed');
      await session.begin(address, secret, () => (resumed ? this.#captions.retell() : []));
    } catch (error) {
      session.close();
      throw error;
    }
    if (signal.aborted) {
      session.close();
      throw new ParleyError('closed');
    }
    this.#openedAt = now();
    this.#enter('open');
    this.#emitter.emit('open', { sessionId: session.id ?? '', resumed });
    for (const send of this.#queued.splice(0)) send(session);
  }

  /** A connection was lost that was not closed here. */
  #lost(session, code, reason, last) {
    if (session !== this.#session || this.#phase !== 'open') return;
    const error = ending(code, reason, last);
    if (now() - this.#openedAt > GOOD_MS) this.#tries = 0;
    if (mayPass(code, last) && this.#tries < (this.#options.reconnect ?? 6)) this.#again(error, code, reason);
    else this.#end(error, code, reason);
  }

  async #again(error, code, reason) {
    const { signal } = this.#over;
    this.#enter('reconnecting');
    this.#clock.cancel();
    this.#leaveAnswer();
    let why = error;
    while (this.#tries < (this.#options.reconnect ?? 6)) {
      const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#tries++);
      await delayOrOnline(longest * (0.5 + Math.random() / 2), signal);
      if (signal.aborted) return;
      try {
        await this.#dial(addressOf(this.#options), signal, true);
        return;
      } catch (failure) {
        if (signal.aborted) return;
        why = failure;
        if (failure instanceof ParleyError && !failure.temporary) break;
      }
    }
    this.#end(why, code, reason);
  }

  /** An answer of which the rest will never come is over; one that came whole plays on. */
  async #leaveAnswer() {
    const speaker = this.#speaker;
    if (!speaker?.unheard().some(part => !part.ended)) return;
    for (const part of await speaker.stop()) this.#captions.cut(part.itemId, speaker.heardMs(part));
    this.#follow();
  }

  #end(why, code, reason) {
    const error = new ParleyError(text(why?.code) || 'gateway_lost', {
      message: why instanceof ParleyError ? why.message : undefined, event: why?.event, temporary: why?.temporary, fatal: true,
    });
    this.#release();
    this.#emitter.emit('error', error);
    this.#emitter.emit('close', { code, reason, error });
  }

  #release() {
    this.#over.abort();
    this.#session?.close();
    this.#microphone?.close();
    this.#speaker?.close();
    const closed = this.#host?.close();
    this.#session = this.#microphone = this.#speaker = this.#host = null;
    this.#connecting = null;
    this.#queued = [];
    this.#tries = 0;
    this.#clock.cancel();
    this.#enter('closed');
    return closed;
  }

  // While it goes on

  #later(send) {
    if (this.#phase !== 'connecting' && this.#phase !== 'reconnecting') throw new ParleyError('not_connected');
    if (this.#queued.length < MOST_QUEUED) this.#queued.push(send);
  }

  #captured(samples, at) {
    if (this.#muted) samples.fill(0);
    this.#clock.frame(samples, at);
    this.#emitter.emit('audio', { direction: 'input', samples, sampleRate: this.#microphone?.rate ?? 24000, at });
    this.#session?.frame(samples);
  }

  #played(samples, sampleRate, at) {
    this.#outputLevel = [loudness(samples), now()];
    this.#emitter.emit('audio', { direction: 'output', samples, sampleRate, at });
  }

  #position(part, playing) {
    const ms = this.#speaker.heardMs(part);
    this.#session?.position(part, ms, playing, now());
    this.#captions.heard(part.itemId, this.#speaker.itemMs(part.itemId));
    this.#emitter.emit('playback', { itemId: part.itemId, contentIndex: part.contentIndex, ms, playing });
  }

  #enter(phase) {
    this.#phase = phase;
    this.#follow();
  }

  /** The state is what all that is known amounts to. */
  #follow() {
    const state = this.#phase === 'open' ? this.#turn() : this.#phase;
    if (state === this.#state) return;
    const previous = this.#state;
    this.#state = state;
    this.#emitter.emit('state', { state, previous });
  }

  #turn() {
    const session = this.#session;
    if (session.speech || session.talking) return 'hearing';
    if (this.#speaker?.sounding) return 'speaking';
    return session.thinking || this.#speaker?.waiting ? 'thinking' : 'listening';
  }
}

/** Waits, but not once the computer is online again. */
async function delayOrOnline(ms, signal) {
  const over = new AbortController();
  const go = () => over.abort();
  addEventListener('online', go, { once: true, signal: over.signal });
  signal.addEventListener('abort', go, { once: true, signal: over.signal });
  await pause(ms, over.signal);
  go();
}

/** Settings with others in their place: objects are joined, all else is replaced. */
function merged(settings, more) {
  const all = { ...settings };
  for (const [name, value] of Object.entries(more)) {
    all[name] = isObject(value) && isObject(all[name]) ? merged(all[name], value) : value;
  }
  return all;
}
