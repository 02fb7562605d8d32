// What lies at a place of the timeline, in words.
import { partition } from '../lib/series.js';
import { familyOf, summaryOf } from '../lib/wire.js';
import { clock, span } from './format.js';

const NEAR = 5;

/** `{ at, seq (of the entry that it is about, or null), text }`. */
export function spotAt(x, y, { digest, journal, scale, place }) {
  const at = Math.max(0, scale.at(x));
  const reach = NEAR * scale.perPixel;
  const lane = place.lanes.find(each => y >= each.top - 2 && y < each.top + each.height + 2);
  const mark = !lane || lane.name === 'user' || lane.name === 'model' ? nearest(digest.marks, at, reach) : null;
  const found = mark ? { seq: mark.seq, text: mark.text } : lane ? FINDERS[lane.name](at, reach, { digest, journal, lane }) : null;
  return { at, seq: found?.seq ?? null, text: `${clock(at)}${found?.text ? `  ${found.text}` : ''}` };
}

function nearest(list, at, reach) {
  const index = partition(list.length, each => list[each].at < at - reach);
  return list.slice(index, index + 50).filter(each => Math.abs(each.at - at) <= reach)
    .sort((one, other) => Math.abs(one.at - at) - Math.abs(other.at - at))[0] ?? null;
}

/** The last of those that hold then. */
function covering(list, at, reach) {
  for (let index = partition(list.length, each => list[each].at <= at + reach) - 1; index >= 0 && index > list.length - 5000; index--) {
    if ((list[index].end ?? Infinity) >= at - reach) {
      return list[index];
    }
  }
  return null;
}

const caption = (digest, role, at) => covering(digest.words.captions.filter(each => each.role === role), at, 1500);
const quoted = said => (said ? `“${said.text.length > 90 ? `${said.text.slice(0, 90)}…` : said.text}”` : '');

const FINDERS = {
  user(at, reach, { digest }) {
    const said = caption(digest, 'user', at);
    return { text: quoted(said), seq: said?.seq };
  },
  model(at, reach, { digest }) {
    const played = covering(digest.playout.spans, at, reach);
    const said = played ? digest.words.captions.find(each => each.itemId === played.itemId) : null;
    return { text: played ? `${span(at - played.at + played.from)} into the answer ${quoted(said)}` : '', seq: said?.seq };
  },
  ahead(at, reach, { digest }) {
    const series = digest.playout.ahead;
    const index = series.from(at) - 1;
    if (index < 0) {
      return null;
    }
    const waits = Math.max(0, series.value(index) - (at - series.at(index)));
    return { text: `${span(waits)} received and not played yet` };
  },
  turns(at, reach, { digest }) {
    const turn = covering(digest.turns, at, reach);
    return turn && { seq: turn.seq, text: `${span(turn.ms)} from the ${turn.typed ? 'request' : 'end of speech'} to the first sound` };
  },
  responses(at, reach, { digest }) {
    const response = covering(digest.responses, at, reach);
    return response && { seq: response.seq, text: `Response ${response.status.replace('_', ' ')}${response.reason ? `, ${response.reason}` : ''}, ${span((response.end ?? digest.end) - response.at)}` };
  },
  tools(at, reach, { digest }) {
    const call = covering(digest.calls.list, at, reach);
    return call && { seq: call.seq, text: `Tool ${call.name} ${call.status}, ${span((call.end ?? digest.end) - call.at)}` };
  },
  events(at, reach, { digest, journal, lane }) {
    const series = digest.ticks[lane.family];
    const index = series.from(at);
    const near = [index - 1, index].filter(each => each >= 0 && each < series.length && Math.abs(series.at(each) - at) <= reach)
      .sort((one, other) => Math.abs(series.at(one) - at) - Math.abs(series.at(other) - at))[0];
    return near === undefined ? null : { seq: series.value(near), text: described(journal.entry(series.value(near))) };
  },
};

/** An entry in words. */
export function described(entry) {
  if (!entry) {
    return 'This event is no longer kept';
  }
  const direction = { sent: 'sent', received: 'received', page: 'on this page', http: 'HTTP' }[entry.direction];
  return `${entry.type}, ${direction}. ${summaryOf(entry).slice(0, 160)}`;
}

const quiet = entry => ['audio-in', 'audio-out'].includes(familyOf(entry));

/** The entry next to a time or to another entry, past audio; null at the ends. */
export function neighbour(journal, from, step) {
  const { entries } = journal;
  let index = from.seq === null
    ? partition(entries.length, each => entries[each].at < from.at) - (step < 0 ? 0 : 1)
    : from.seq - journal.dropped;
  do {
    index += step;
  } while (entries[index] && quiet(entries[index]));
  return entries[index] ?? null;
}
