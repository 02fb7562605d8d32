// Audio as it is on the wire: how long it is, how loud, and as samples.

const PCM = 'audio/pcm';
const MU_LAW = 'audio/pcmu';
const A_LAW = 'audio/pcma';
const OPUS = 'audio/opus';
const OPUS_PACKET_MS = 20;
const USUAL_RATE = 24000;

/** A rate of samples as it was told, if it can be one. */
const plausible = rate => (Number.isFinite(rate) && rate >= 8000 && rate <= 192_000 ? rate : USUAL_RATE);

/** A format as GA writes it, also from the short names of the beta protocol; null if it says nothing. */
export function formatOf(written) {
  if (typeof written === 'string') {
    return { pcm16: { type: PCM, rate: USUAL_RATE }, g711_ulaw: { type: MU_LAW }, g711_alaw: { type: A_LAW } }[written] ?? null;
  }
  return typeof written?.type === 'string' ? (written.type === PCM ? { type: PCM, rate: plausible(written.rate) } : { type: written.type }) : null;
}

export const rateOf = format =>
  (format?.type === PCM ? plausible(format.rate) : format?.type === OPUS ? 48000 : 8000);

/** In ms; of Opus, whose packets tell it only in part, what Parley sends. */
export function durationOf(bytes, format) {
  if (!format || format.type === PCM) {
    return bytes / 2 / rateOf(format ?? { type: PCM }) * 1000;
  }
  return format.type === OPUS ? OPUS_PACKET_MS : bytes / 8;
}

function muLaw(byte) {
  const bits = ~byte & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84 << (bits >> 4 & 7)) - 0x84;
  return (bits & 0x80 ? -magnitude : magnitude) / 32768;
}

function aLaw(byte) {
  const bits = byte ^ 0x55;
  const exponent = bits >> 4 & 7;
  const mantissa = (bits & 0x0f) << 4;
  const magnitude = exponent ? mantissa + 0x108 << exponent - 1 : mantissa + 8;
  return (bits & 0x80 ? magnitude : -magnitude) / 32768;
}

const tables = { [MU_LAW]: Float32Array.from({ length: 256 }, (_, byte) => muLaw(byte)), [A_LAW]: Float32Array.from({ length: 256 }, (_, byte) => aLaw(byte)) };

/** The samples, or null of a format that takes a decoder. */
export function samplesOf(audio, format) {
  const table = tables[format?.type];
  if (!table && format && format.type !== PCM) {
    return null;
  }
  const samples = new Float32Array(table ? audio.length : audio.length >> 1);
  const view = new DataView(audio.buffer, audio.byteOffset, audio.byteLength);
  for (let index = 0; index < samples.length; index++) {
    samples[index] = table ? table[audio[index]] : view.getInt16(2 * index, true) / 32768;
  }
  return samples;
}

export function loudnessOf(samples, from = 0, to = samples.length) {
  let sum = 0;
  for (let index = from; index < to; index++) {
    sum += samples[index] * samples[index];
  }
  return to > from ? Math.sqrt(sum / (to - from)) : 0;
}

/** Whether this browser can make samples of it. */
export const playable = format => format?.type !== OPUS || typeof AudioDecoder === 'function';

/** One after the other as samples; what cannot be decoded is left out. */
export async function decoded(pieces, format) {
  if (format?.type === OPUS) {
    return joined(await opusSamples(pieces));
  }
  return joined(pieces.map(piece => samplesOf(piece, format)).filter(Boolean));
}

async function opusSamples(packets) {
  const parts = [];
  const decoder = new AudioDecoder({
    output: data => {
      const part = new Float32Array(data.numberOfFrames);
      data.copyTo(part, { planeIndex: 0, format: 'f32-planar' });
      parts.push(part);
      data.close();
    },
    error: () => {},
  });
  decoder.configure({ codec: 'opus', sampleRate: 48000, numberOfChannels: 1 });
  packets.forEach((data, index) => decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: index * OPUS_PACKET_MS * 1000, data })));
  await decoder.flush().catch(() => {});
  if (decoder.state !== 'closed') {
    decoder.close();
  }
  return parts;
}

function joined(parts) {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function toBase64(bytes) {
  if (bytes.toBase64) {
    return bytes.toBase64();
  }
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}

/** The bytes, or null if it is no base64. */
export function fromBase64(text) {
  try {
    return Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : bytesOf(atob(text));
  } catch {
    return null;
  }
}

function bytesOf(letters) {
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = letters.charCodeAt(index);
  }
  return bytes;
}
