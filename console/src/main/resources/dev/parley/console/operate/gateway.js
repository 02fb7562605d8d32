// The gateway as this view knows it: what it says of itself, its sessions and its measurements, followed as they change.
import { persist } from '../lib/admin.js';
import { Samples } from './samples.js';

const SILENCE_MS = 10_000; // it says something each second
const OVERVIEW_MS = 3_000;

/**
 * Follows one gateway between `follow` and the abort of its signal. `state` is `connecting`, `live`, `lost` (it does not answer;
 * tried again by itself), `key_needed`, `refused` or `absent`; `error` says why it is not `live`. Fires `change`.
 */
export class Gateway extends EventTarget {
  state = 'connecting';
  error = null;
  overview = null;
  sessions = null;
  total = 0;
  heardAt = null;
  samples = new Samples();
  /** How often a stream was opened: what hangs on the gateway being there starts anew with each. */
  epoch = 0;
  #overviewAt = 0;

  constructor(admin) {
    super();
    this.admin = admin;
  }

  async follow(signal) {
    this.#become('connecting', this.error);
    try {
      await persist(heard => this.#attempt(heard, signal), { signal, hurry: this, lost: error => this.#become('lost', error) });
    } catch (error) {
      if (!signal.aborted) this.#become({ 401: 'key_needed', 403: 'refused', 404: 'absent' }[error.status] ?? 'lost', error);
    }
  }

  /** Tries again now. */
  hurry() {
    this.dispatchEvent(new Event('hurry'));
  }

  async #attempt(heard, signal) {
    const [overview, history] = await Promise.all([this.admin.get('/admin/overview', signal), this.admin.get('/admin/history', signal)]);
    this.overview = overview;
    this.#overviewAt = performance.now();
    this.samples.load(history);
    for await (const { event, data } of this.admin.events('/admin/live', { signal, silenceMs: SILENCE_MS })) {
      if (signal.aborted) return;
      heard();
      this.#take(event, data, signal);
    }
  }

  #take(event, data, signal) {
    if (event === 'sample') this.samples.add(data);
    if (event === 'sessions') {
      this.sessions = data.sessions;
      this.total = data.total;
    }
    this.heardAt = Date.now();
    if (this.state !== 'live') this.epoch++;
    this.#become('live', null);
    if (performance.now() - this.#overviewAt > OVERVIEW_MS) this.#look(signal);
  }

  /** The overview is not on the stream. One that fails is no matter: the stream itself tells when the gateway has gone. */
  async #look(signal) {
    this.#overviewAt = performance.now();
    try {
      this.overview = await this.admin.get('/admin/overview', signal);
    } catch {
      return;
    }
    if (!signal.aborted) this.#changed();
  }

  #become(state, error) {
    this.state = state;
    this.error = error;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
