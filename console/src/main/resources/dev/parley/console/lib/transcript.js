// What was said in a conversation and which tools were called, in the conversation's order, to be shown and to be saved.
const MOST = 4000;

export class Transcript {
  entries = [];
  #byId = new Map();
  // performance.now() and the clock at one moment, so that times of events become times of day.
  #epoch = Date.now() - performance.now();

  constructor(about) {
    this.about = about;
    this.startedAt = performance.now();
    this.endedAt = null;
  }

  /** Keeps a place for an item whose words come later, as those of a user do, who is understood only when done. */
  place(itemId, role) {
    return this.#entry(`said ${itemId}`, () => ({
      kind: 'said', itemId, role, text: '', heard: 0, done: false, interrupted: false, at: performance.now(), latency: null, sure: false,
    }));
  }

  /** That this item stays, though it has no words yet. */
  confirm(itemId) {
    const entry = this.#byId.get(`said ${itemId}`);
    if (entry) {
      entry.sure = true;
    }
  }

  /** `order` is all captions in the conversation's order, which one that is new is put in its place by. */
  caption({ itemId, role, text, heard, done, interrupted, at }, order = []) {
    const known = this.#byId.has(`said ${itemId}`);
    const entry = this.place(itemId, role);
    if (!known) {
      this.#putBefore(entry, order.slice(order.findIndex(other => other.itemId === itemId) + 1));
    }
    Object.assign(entry, { role, text, heard, done, interrupted, at: Math.min(at, entry.at), version: entry.version + 1 });
  }

  #putBefore(entry, later) {
    const next = later.map(({ itemId }) => this.#byId.get(`said ${itemId}`)).find(Boolean);
    if (next) {
      this.entries.pop();
      this.entries.splice(this.entries.indexOf(next), 0, entry);
    }
  }

  /** No words will come for this item. */
  wordless(itemId) {
    const entry = this.#byId.get(`said ${itemId}`);
    if (entry && entry.text === '') {
      Object.assign(entry, { done: true, version: entry.version + 1 });
    }
  }

  latency(turn) {
    const entry = this.place(turn.itemId, 'assistant');
    Object.assign(entry, { latency: { ms: turn.ms, typed: turn.typed }, version: entry.version + 1 });
  }

  tool({ callId, name, arguments: args, status, result, at, endedAt }) {
    const entry = this.#entry(`tool ${callId}`, () => ({ kind: 'tool', callId }));
    Object.assign(entry, { name, arguments: args, status, result, at, endedAt, version: entry.version + 1 });
  }

  note(text) {
    this.#entry(`note ${this.entries.length} ${performance.now()}`, () => ({ kind: 'note', text, at: performance.now() }));
  }

  /** Takes away the places that nothing was said for; with `all`, also those whose words may yet come. */
  tidy(all) {
    this.entries = this.entries.filter(entry => {
      const stays = entry.kind !== 'said' || entry.text !== '' || entry.role !== 'user' || (!all && entry.sure);
      if (!stays) {
        this.#byId.delete(entry.key);
      }
      return stays;
    });
  }

  end() {
    this.endedAt = performance.now();
    this.tidy(true);
  }

  get empty() {
    return !this.entries.some(entry => entry.kind !== 'said' || entry.text !== '');
  }

  #entry(key, make) {
    let entry = this.#byId.get(key);
    if (!entry) {
      entry = { key, version: 0, ...make() };
      this.#byId.set(key, entry);
      this.entries.push(entry);
      if (this.entries.length > MOST) {
        this.#byId.delete(this.entries.shift().key);
      }
    }
    return entry;
  }

  #date(at) {
    return new Date(this.#epoch + at);
  }

  /** Lines for people. */
  text() {
    const { provider, model, voice } = this.about;
    const with_ = [provider, model, voice].filter(Boolean).join(', ');
    const lines = this.#shown().map(entry => `[${this.#clock(entry.at)}] ${line(entry)}`);
    return [`Conversation of ${this.#date(this.startedAt).toLocaleString()}`, with_, '', ...lines, ''].join('\n');
  }

  /** The same for programs. Times are ISO 8601, spans are in ms. */
  json() {
    const { latencies } = this;
    return JSON.stringify({
      format: 'parley.transcript.v1',
      ...this.about,
      started_at: this.#date(this.startedAt).toISOString(),
      ended_at: this.endedAt === null ? null : this.#date(this.endedAt).toISOString(),
      speech_to_answer_ms: { turns: latencies.length, median: median(latencies) },
      entries: this.#shown().map(entry => ({
        at: this.#date(entry.at).toISOString(),
        offset_ms: Math.round(entry.at - this.startedAt),
        ...record(entry),
      })),
    }, null, 2) + '\n';
  }

  /** End of speech to first sound, in ms, of each turn that was spoken. */
  get latencies() {
    return this.entries.filter(entry => entry.latency && !entry.latency.typed).map(entry => entry.latency.ms);
  }

  #shown() {
    return this.entries.filter(entry => entry.kind !== 'said' || entry.text !== '');
  }

  #clock(at) {
    const seconds = Math.max(0, Math.floor((at - this.startedAt) / 1000));
    const two = n => String(n).padStart(2, '0');
    return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  }
}

/** What was heard of an entry, and what was not. */
export function heardOf({ role, text, heard }) {
  const cut = role === 'user' ? text.length : Math.max(0, Math.min(text.length, heard));
  return [text.slice(0, cut), text.slice(cut)];
}

export function median(numbers) {
  if (numbers.length === 0) {
    return null;
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return Math.round(sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
}

function line(entry) {
  if (entry.kind === 'note') {
    return `(${entry.text})`;
  }
  if (entry.kind === 'tool') {
    const result = entry.result === undefined ? '' : ` -> ${entry.result}`;
    return `Tool ${entry.name}(${JSON.stringify(entry.arguments)}) ${entry.status}${result}`;
  }
  const [heard, unheard] = heardOf(entry);
  const who = entry.role === 'user' ? 'You' : 'Model';
  const latency = entry.latency ? ` (after ${Math.round(entry.latency.ms)} ms)` : '';
  const cut = entry.interrupted ? ` [interrupted${unheard.trim() ? `; not heard: ${unheard.trim()}` : ''}]` : '';
  return `${who}${latency}: ${entry.interrupted ? heard.trimEnd() : entry.text}${cut}`;
}

function record(entry) {
  if (entry.kind === 'note') {
    return { type: 'note', text: entry.text };
  }
  if (entry.kind === 'tool') {
    const { callId, name, arguments: args, status, result = null } = entry;
    return { type: 'tool', call_id: callId, name, arguments: args, status, result };
  }
  const [heard, unheard] = heardOf(entry);
  return {
    type: 'message', item_id: entry.itemId, role: entry.role, text: entry.text, heard, not_heard: unheard, interrupted: entry.interrupted,
    latency_ms: entry.latency ? Math.round(entry.latency.ms) : null, latency_from: entry.latency ? (entry.latency.typed ? 'sent' : 'speech') : null,
  };
}
