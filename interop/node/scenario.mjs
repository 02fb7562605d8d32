// What the programs here share: where the gateway is, what is said to it, and one line of JSON for each scenario.
import { readFileSync } from 'node:fs';

const PATIENCE_MS = 10_000;

/** Where the gateway is, without a path: https://host:port. */
export const gateway = process.env.PARLEY_URL;
/** What the client shows as its key. */
export const key = process.env.PARLEY_KEY;

/** The recorded question, 16-bit little-endian mono at 24 kHz, in frames of 100 ms. */
export function* frames() {
  const pcm = readFileSync(process.env.PARLEY_SPEECH);
  for (let at = 0; at < pcm.length; at += 4800) {
    yield pcm.subarray(at, at + 4800);
  }
}

/** A function of the session: what it is called, and what it answers. */
export const light = {
  name: 'set_light',
  description: 'Turns the light of a room on or off.',
  answer: 'The kitchen light is on at forty percent.',
};

/** Runs one scenario, and prints what the client reported, or why it could not. */
export async function scenario(name, run) {
  let told;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), PATIENCE_MS + 2_000);
  });
  try {
    told = await Promise.race([run(), late]);
  } catch (problem) {
    told = { failure: String(problem?.stack ?? problem) };
  } finally {
    clearTimeout(timer);
  }
  console.log(JSON.stringify({ scenario: name, ...told }));
}

/** Ends the program: connections that a failed scenario left would keep it alive. */
export function end() {
  process.exit(0);
}

/** Things that arrive, in order; each can be waited for. */
export class Inbox {
  constructor() {
    this.all = [];
    this.taken = 0;
    this.waiting = null;
  }

  add(thing) {
    this.all.push(thing);
    this.waiting?.();
  }

  /** The next that fits; those before it are passed over. */
  async next(fits, what) {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      while (this.taken < this.all.length) {
        const thing = this.all[this.taken++];
        if (fits(thing)) {
          return thing;
        }
      }
      const left = deadline - Date.now();
      if (left <= 0) {
        throw new Error(`no ${what} came; what came: ${this.all.map((thing) => thing.type).join(' ')}`);
      }
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
