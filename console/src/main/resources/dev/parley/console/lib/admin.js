// The admin API of the gateway that served this page: JSON answers and streams of server-sent events.

const KEY = 'parley.admin_key';
const ANSWER_MS = 10_000;
const LONGEST_EVENT = 16 * 1024 * 1024; // characters

/** A request that was not answered as asked. `status` is 0 where nothing answered at all. */
export class AdminError extends Error {
  constructor(status, code, message) {
    super(message);
    this.name = 'AdminError';
    this.status = status;
    this.code = code;
  }

  /** Whether trying again by itself is of no use: somebody has to do something first. */
  get final() {
    return this.status === 401 || this.status === 403 || this.status === 404;
  }
}

/** The admin API. The key stays in memory; `keep` also puts it into this tab's session storage. */
export class Admin {
  #key = kept.get();

  get hasKey() {
    return this.#key !== '';
  }

  useKey(key, keep) {
    this.#key = key;
    if (keep) kept.set(key);
    else kept.clear();
  }

  get(path, signal) {
    return this.#answer('GET', path, undefined, signal).then(answer => json(answer));
  }

  post(path, body, signal) {
    return this.#answer('POST', path, body, signal);
  }

  delete(path, signal) {
    return this.#answer('DELETE', path, undefined, signal);
  }

  /**
   * The events of one stream as `{ event, data }`, `data` parsed, until the stream ends or `signal` aborts. A stream that is
   * silent for `silenceMs` has failed: a gateway may go without a word.
   */
  async *events(path, { signal, silenceMs = 30_000 }) {
    const link = new AbortController();
    const stop = () => link.abort();
    signal.addEventListener('abort', stop, { once: true });
    let watchdog;
    const heard = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(stop, silenceMs);
    };
    try {
      heard();
      const answer = await this.#fetch('GET', path, undefined, link.signal, 'text/event-stream');
      const reader = answer.body.getReader();
      const text = new TextDecoder();
      const parser = new EventParser();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        heard();
        yield* parser.events(text.decode(value, { stream: true }));
      }
    } catch (error) {
      throw error instanceof AdminError ? error : gone();
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener('abort', stop);
      link.abort();
    }
  }

  async #answer(method, path, body, signal) {
    const link = new AbortController();
    const stop = () => link.abort();
    const tooLong = setTimeout(stop, ANSWER_MS);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const answer = await this.#fetch(method, path, body, link.signal, 'application/json');
      return await answer.text();
    } catch (error) {
      throw error instanceof AdminError ? error : gone();
    } finally {
      clearTimeout(tooLong);
      signal?.removeEventListener('abort', stop);
    }
  }

  async #fetch(method, path, body, signal, accept) {
    const headers = { accept };
    if (this.#key) headers.authorization = `Bearer ${this.#key}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const answer = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal,
    });
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }
}

/**
 * Runs `attempt` again and again until `signal` aborts or an error is final, which it throws. Between attempts it tells
 * `lost(error)` and waits, longer each time that nothing was heard; `heard()`, given to the attempt, starts the waits anew.
 * `hurry`, an EventTarget, ends a wait by its event `hurry`.
 */
export async function persist(attempt, { signal, lost, hurry, waits = [500, 1000, 2000, 4000, 8000] }) {
  let failures = 0;
  while (!signal.aborted) {
    let reason;
    try {
      await attempt(() => { failures = 0; });
      reason = gone();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof AdminError) || error.final) throw error;
      reason = error;
    }
    if (signal.aborted) return;
    lost(reason);
    await pause(waits[Math.min(failures++, waits.length - 1)], signal, hurry);
  }
}

function pause(ms, signal, hurry) {
  return new Promise(resolve => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      hurry?.removeEventListener('hurry', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener('abort', over);
    hurry?.addEventListener('hurry', over);
  });
}

/** Reads the format text/event-stream from pieces cut anywhere; lines end with LF or CRLF. */
class EventParser {
  #rest = '';
  #event = '';
  #data = [];
  #length = 0;

  *events(piece) {
    const lines = piece.split('\n');
    lines[0] = this.#rest + lines[0];
    this.#rest = lines.pop();
    for (const line of lines) {
      const whole = this.#line(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (whole) yield whole;
    }
    if (this.#rest.length + this.#length > LONGEST_EVENT) throw new AdminError(0, 'stream_too_long', 'The gateway sent an event that is too long to be one.');
  }

  #line(line) {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') this.#event = value;
    if (field === 'data') {
      this.#data.push(value);
      this.#length += value.length;
    }
    return undefined;
  }

  #dispatch() {
    const event = this.#event || 'message';
    const data = this.#data;
    this.#event = '';
    this.#data = [];
    this.#length = 0;
    return data.length === 0 ? undefined : { event, data: json(data.join('\n')) };
  }
}

async function refusal(answer) {
  let error = {};
  try {
    error = JSON.parse(await answer.text()).error ?? {};
  } catch {
    // Something else than the gateway answered, a proxy perhaps; the status says enough.
  }
  return new AdminError(answer.status, error.code ?? `http_${answer.status}`, error.message ?? `The gateway answered with status ${answer.status}.`);
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new AdminError(0, 'not_json', 'What answered is not a gateway of Parley: its answer is no JSON.');
  }
}

const gone = () => new AdminError(0, 'gateway_gone', 'The gateway does not answer.');

// Browsers may refuse storage; the key then lasts as long as the page.
const kept = {
  get() {
    try {
      return sessionStorage.getItem(KEY) ?? '';
    } catch {
      return '';
    }
  },
  set(key) {
    try {
      sessionStorage.setItem(KEY, key);
    } catch {
      // Kept in memory only.
    }
  },
  clear() {
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Nothing was kept.
    }
  },
};
