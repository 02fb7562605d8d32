// Tokens by modality, and what they cost.
import { remembered } from './remembered.js';

/** As the list was in this month; prices may have changed since. */
export const PRICES_AS_OF = 'November 2026';

/** The kinds of tokens, in the order in which they are shown. */
export const KINDS = {
  textIn: 'Text in', textCached: 'Text in, cached', textOut: 'Text out',
  audioIn: 'Audio in', audioCached: 'Audio in, cached', audioOut: 'Audio out',
  imageIn: 'Image in', imageCached: 'Image in, cached',
};

const price = (textIn, textCached, textOut, audioIn, audioCached, audioOut, imageIn, imageCached) =>
  ({ textIn, textCached, textOut, audioIn, audioCached, audioOut, imageIn, imageCached });

/** USD per million tokens, OpenAI's list prices. */
const LIST = {
  'gpt-realtime-2.1': price(4, 0.40, 24, 32, 0.40, 64, 5, 0.50),
  'gpt-realtime-2': price(4, 0.40, 24, 32, 0.40, 64, 5, 0.50),
  'gpt-realtime-1.5': price(4, 0.40, 16, 32, 0.40, 64, 5, 0.50),
  'gpt-realtime': price(4, 0.40, 16, 32, 0.40, 64, 5, 0.50),
  'gpt-realtime-2.1-mini': price(0.60, 0.06, 2.40, 10, 0.30, 20, 0.80, 0.08),
};
const FREE = price(0, 0, 0, 0, 0, 0, 0, 0);
const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/;

const own = () => remembered.get('prices', {});

/**
 * The prices of a model: `{ source: 'free' | 'own' | 'list' | 'unknown', prices }`; without prices if they are not known. What the
 * user has typed in goes before the list.
 */
export function pricesOf(provider, model) {
  if (provider === 'local' || model?.startsWith('parley-local')) {
    return { source: 'free', prices: FREE };
  }
  const typed = model && Object.hasOwn(own(), model) ? own()[model] : null;
  if (typed) {
    return { source: 'own', prices: typed };
  }
  const name = model?.replace(SNAPSHOT, '');
  return name && Object.hasOwn(LIST, name) ? { source: 'list', prices: LIST[name] } : { source: 'unknown', prices: null };
}

/** Remembers prices in this browser; null: forgets them. */
export function setPrices(model, prices) {
  const { [model]: _, ...others } = own();
  remembered.set('prices', prices ? { ...others, [model]: prices } : others);
}

const count = value => (Number.isFinite(value) && value > 0 ? value : 0);

/**
 * The tokens of a usage by kind, as they are billed: cached ones are part of the input in what is sent, and stand apart here.
 * null if there are none. `other` has the numbers of a vendor that are none of these.
 */
export function tokensOf(usage) {
  if (!usage || !Number.isFinite(usage.input_tokens) && !Number.isFinite(usage.output_tokens)) {
    return null;
  }
  const input = usage.input_token_details ?? {};
  const output = usage.output_token_details ?? {};
  const cached = cachedOf(input);
  const textOut = count(output.text_tokens) || (output.audio_tokens === undefined ? count(usage.output_tokens) : 0);
  const allText = input.text_tokens === undefined && input.audio_tokens === undefined ? count(usage.input_tokens) : count(input.text_tokens);
  return {
    textIn: Math.max(0, allText - cached.text), textCached: cached.text, textOut,
    audioIn: Math.max(0, count(input.audio_tokens) - cached.audio), audioCached: cached.audio, audioOut: count(output.audio_tokens),
    imageIn: Math.max(0, count(input.image_tokens) - cached.image), imageCached: cached.image,
    total: count(usage.total_tokens) || count(usage.input_tokens) + count(usage.output_tokens),
  };
}

/** Where it is not said what was cached, it was text before audio. */
function cachedOf(input) {
  const details = input.cached_tokens_details;
  if (details) {
    return { text: count(details.text_tokens), audio: count(details.audio_tokens), image: count(details.image_tokens) };
  }
  const text = Math.min(count(input.cached_tokens), count(input.text_tokens));
  return { text, audio: Math.min(count(input.cached_tokens) - text, count(input.audio_tokens)), image: 0 };
}

/** USD, or null where prices are not known. */
export function costOf(tokens, prices) {
  return tokens && prices ? Object.keys(KINDS).reduce((sum, kind) => sum + tokens[kind] * (prices[kind] ?? 0), 0) / 1e6 : null;
}

export function sumOf(list) {
  const sum = { total: 0, ...Object.fromEntries(Object.keys(KINDS).map(kind => [kind, 0])) };
  for (const tokens of list) {
    for (const kind of Object.keys(sum)) {
      sum[kind] += tokens?.[kind] ?? 0;
    }
  }
  return sum;
}

const USUAL = new Set(['input_tokens', 'output_tokens', 'total_tokens', 'text_tokens', 'audio_tokens', 'image_tokens', 'cached_tokens', 'type']);

/** What else a vendor tells in a usage: `[name, number]`, but for what is 0. */
export function othersOf(usage, path = '') {
  return Object.entries(usage ?? {}).flatMap(([name, value]) => {
    if (value && typeof value === 'object') {
      return othersOf(value, path + name.replace(/_(token_)?details$/, ' ').replace(/_tokens /, ' '));
    }
    return USUAL.has(name) || !Number.isFinite(value) || value === 0 ? [] : [[path + name.replaceAll('_', ' '), value]];
  });
}
