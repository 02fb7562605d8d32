// Plays one piece of audio at a time.
import { decoded, rateOf } from './sound.js';

let context = null;
let source = null;

export function stop() {
  source?.stop();
  source = null;
}

/** Plays what those entries have, one after the other; resolves at its end, or when something else is played. */
export async function play(entries) {
  stop();
  context ??= new AudioContext();
  const { format } = entries[0];
  const [samples] = await Promise.all([decoded(entries.map(entry => entry.audio), format), context.resume()]);
  if (!samples.length) {
    return;
  }
  stop();
  const own = context.createBufferSource();
  own.buffer = context.createBuffer(1, samples.length, rateOf(format));
  own.buffer.copyToChannel(samples, 0);
  own.connect(context.destination);
  source = own;
  await new Promise(ended => {
    own.onended = ended;
    own.start();
  });
}
