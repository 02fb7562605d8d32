// The strip of numbers on top.
import { html } from '../vendor/htm-preact.js';
import { costOf, sumOf } from '../lib/prices.js';
import { bytes, clock, dollars, number, quantile, span } from './format.js';

const FORMATS = { 'audio/pcm': 'PCM', 'audio/pcmu': 'µ-law', 'audio/pcma': 'A-law', 'audio/opus': 'Opus' };

/** A format such as 'audio/pcm;rate=16000', short. */
function named(format) {
  const [type, rate] = (typeof format === 'string' ? format : '').split(';rate=');
  return rate && rate !== '24000' ? `${FORMATS[type] ?? type} ${rate / 1000} kHz` : FORMATS[type] ?? type;
}

function wireOf({ about: { wire }, digest }) {
  const input = named(wire?.input ?? digest.format('sent')?.type);
  const output = named(wire?.output ?? digest.format('received')?.type);
  const formats = input && output && input !== output ? `${input} in, ${output} out` : input || output;
  if (!wire) {
    return formats || '–';
  }
  return `${formats} ${wire.binary ? 'binary' : 'base64'}`;
}

export function Facts({ journal, prices }) {
  const { digest } = journal;
  const latencies = digest.turns.map(turn => turn.ms);
  const told = digest.usages.filter(usage => !usage.transcription && usage.tokens);
  const sum = sumOf(told.map(usage => usage.tokens));
  const cost = told.length || prices.source === 'free' ? costOf(sum, prices.prices) : null;
  const count = kind => digest.marks.filter(mark => mark.kind === kind).length;
  const turns = Math.max(digest.turns.length, digest.words.captions.filter(caption => caption.role === 'user').length);
  const facts = [
    ['Duration', clock(journal.end, 1)],
    ['Turns', number(turns)],
    ['Latency, last', latencies.length ? span(latencies.at(-1)) : '–'],
    ['Latency, median', latencies.length ? span(quantile(latencies, 0.5)) : '–'],
    ['Latency, p95', latencies.length ? span(quantile(latencies, 0.95)) : '–'],
    ['Interruptions', number(count('interrupted'))],
    ['Errors', number(count('error')), count('error') ? 'bad' : ''],
    ['Sent, about', bytes(digest.bytes.sent)],
    ['Received, about', bytes(digest.bytes.received)],
    ['Audio', wireOf(journal)],
    ['Tokens', told.length ? number(sum.total) : '–'],
    ['Cost', prices.source === 'free' ? 'free' : cost === null ? '–' : dollars(cost), '', 'cost'],
  ];
  return html`<dl class="facts card" data-testid="facts">${facts.map(([name, value, look, id]) => html`
    <div><dt>${name}</dt><dd class=${look ?? ''} data-testid=${id}>${value}</dd></div>`)}</dl>`;
}
