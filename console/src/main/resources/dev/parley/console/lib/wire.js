// What messages on the wire are, in a few words.

/** The kinds of entries that can be told apart in the log and on the timeline, in the order in which they are shown. */
export const FAMILIES = {
  session: 'Session',
  input: 'Input',
  conversation: 'Items',
  response: 'Response',
  words: 'Words',
  tools: 'Tools',
  errors: 'Errors',
  other: 'Other',
  page: 'Page',
  'audio-in': 'Audio in',
  'audio-out': 'Audio out',
};

const AUDIO_FIELDS = {
  'input_audio_buffer.append': 'audio',
  'response.output_audio.delta': 'delta',
  'response.audio.delta': 'delta',
};

/** The field of such an event that holds audio; undefined of others. */
export const audioField = event => AUDIO_FIELDS[event?.type];

/** Of other protocols, whose messages have no type, the name of the first field. */
export const typeOf = event => (typeof event?.type === 'string' ? event.type : Object.keys(event ?? {})[0] ?? 'empty');

const FIRST_WORDS = [
  [/^(session|transcription_session)\./, 'session'],
  [/^input_audio_buffer\./, 'input'],
  [/^response\.(function_call|mcp_call|mcp_list)/, 'tools'],
  [/^mcp_/, 'tools'],
  [/(transcript|transcription|text|refusal)\.(delta|done|completed|segment|failed|updated)$/, 'words'],
  [/^conversation\./, 'conversation'],
  [/^(response|output_audio_buffer)\./, 'response'],
];
const families = new Map(Object.entries({
  error: 'errors',
  'input_audio_buffer.append': 'audio-in',
  'response.output_audio.delta': 'audio-out',
  'response.audio.delta': 'audio-out',
}));

function familyOfType(type) {
  let family = families.get(type);
  if (!family) {
    family = FIRST_WORDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
    if (families.size < 1000) {
      families.set(type, family);
    }
  }
  return family;
}

const isCall = item => typeof item?.type === 'string' && /^(function_call|mcp_)/.test(item.type);

export function familyOf(entry) {
  if (entry.kind === 'event') {
    return isError(entry) ? 'errors' : isCall(entry.event.item) ? 'tools' : familyOfType(entry.type);
  }
  return entry.kind === 'http' ? 'other' : isError(entry) ? 'errors' : 'page';
}

export function isError(entry) {
  return entry.type === 'error' || entry.event?.response?.status === 'failed' || entry.type.endsWith('.failed');
}

/** What a message holds where it should hold text. */
export const text = value => (typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value));
const seconds = ms => (!Number.isFinite(ms) ? 'an unknown time' : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`);

const contentText = ({ content }) =>
  (Array.isArray(content) ? content.map(part => text(part?.text ?? part?.transcript)).filter(Boolean).join(' ') : text(content));

const PAGE = {
  state: ({ previous, state }) => `${text(previous)} to ${text(state)}`,
  open: ({ session_id: id, resumed }) => `${resumed ? 'connected again' : 'connected'} ${text(id)}`,
  close: ({ code, reason }) => `${text(code)} ${text(reason)}`,
  error: ({ message }) => text(message),
  turn: ({ ms, typed }) => `${seconds(ms)} from the ${typed ? 'request' : 'end of speech'} to the first sound`,
  interrupted: ({ heard_ms: ms }) => `after ${seconds(ms)} of the answer`,
  tool: ({ name, status }) => `${text(name)} ${text(status)}`,
  playback: ({ playing, ms }) => `${playing ? 'plays from' : 'stopped at'} ${seconds(ms)}`,
  heard: ({ characters }) => `${text(characters)} characters were heard`,
};

function ofItem({ item }) {
  if (!item) {
    return '';
  }
  const words = isCall(item) ? `${text(item.name)} ${text(item.output ?? item.arguments)}` : contentText(item);
  return `${text(item.role ?? item.type)}${words ? `: ${words}` : ''}`;
}

function ofResponse({ response }) {
  const tokens = text(response?.usage?.total_tokens);
  const reason = text(response?.status_details?.reason);
  return `${text(response?.status)}${reason ? `, ${reason}` : ''}${tokens && tokens !== '0' ? `, ${tokens} tokens` : ''}`;
}

/** What an entry says, for one line of the log. */
export function summaryOf(entry) {
  if (entry.kind === 'http') {
    const { request, response } = entry.event;
    return `${text(request?.method)} ${text(request?.uri ?? request?.url)} ${text(response?.status?.code ?? response?.status)}`;
  }
  if (entry.kind !== 'event') {
    return PAGE[entry.kind]?.(entry.data) ?? '';
  }
  const { event } = entry;
  if (entry.audioBytes) {
    return `${seconds(entry.audioMs)}, ${entry.audioBytes.toLocaleString('en')} bytes`;
  }
  return text(event.error?.message) || text(event.delta) || text(event.transcript) || text(event.text)
    || (event.name ? `${text(event.name)} ${text(event.arguments)}` : '') || text(event.arguments)
    || ofItem(event) || ofResponse(event) || text(event.session?.model)
    || (event.audio_end_ms === undefined ? '' : `at ${seconds(event.audio_end_ms)}`)
    || (event.audio_start_ms === undefined ? '' : `at ${seconds(event.audio_start_ms)}`);
}
