// The event that is selected: all of it, and its sound.
import { html, useEffect, useState } from '../vendor/htm-preact.js';
import { play, stop } from '../lib/player.js';
import { playable } from '../lib/sound.js';
import { wholeEvent } from '../lib/trace.js';
import { bytes, clock, span } from './format.js';
import { Json } from './json.js';

const DIRECTIONS = { sent: 'Sent to the gateway', received: 'Received from the gateway', page: 'Seen on this page', http: 'Over HTTP' };

export function Detail({ journal, selected }) {
  const entry = selected === null ? null : journal.entry(selected);
  if (!entry) {
    return html`<section class="card detail" aria-labelledby="detail-title"><header><h2 id="detail-title">Event</h2></header>
      <p class="soft">${selected === null ? 'Select an event in the log or on the timeline.' : 'This event is no longer kept.'}</p></section>`;
  }
  return html`
    <section class="card detail" aria-labelledby="detail-title">
      <header>
        <h2 id="detail-title" class="mono">${entry.type}</h2>
        <span class="spring"></span>
        <${Copy} entry=${entry} />
      </header>
      <p class="small soft number">${DIRECTIONS[entry.direction]} at ${clock(entry.at)}${entry.kind === 'event' ? `, about ${bytes(entry.size)} on the wire` : ''}</p>
      <${Sound} key=${entry.seq} journal=${journal} entry=${entry} />
      <${Json} entry=${entry} />
    </section>`;
}

function Copy({ entry }) {
  const [told, tell] = useState('');
  useEffect(() => {
    tell('');
  }, [entry]);
  const copy = () => navigator.clipboard.writeText(JSON.stringify(entry.kind === 'event' ? wholeEvent(entry) : entry.event ?? entry.data, null, 2))
    .then(() => tell('Copied'), () => tell('The browser does not allow it; select the text and copy it'));
  return html`<span class="small soft" aria-live="polite">${told}</span>
    <button class="button small" type="button" data-testid="event-copy" disabled=${!navigator.clipboard} onClick=${copy}>Copy JSON</button>`;
}

/** Buttons for the sound of the event, and of the item that it is about. */
function Sound({ journal, entry }) {
  const [playing, setPlaying] = useState(null);
  useEffect(() => stop, []);
  const itemId = entry.event?.item_id ?? entry.event?.item?.id ?? entry.data?.item_id;
  const item = itemId === undefined ? [] : journal.digest.audioOf(itemId).map(({ seq }) => journal.entry(seq)).filter(each => each?.audio);
  const choices = [
    ...(entry.audio ? [['piece', `Play this piece, ${span(entry.audioMs)}`, [entry]]] : []),
    ...(item.length ? [['item', `Play the whole item, ${span(item.reduce((sum, each) => sum + each.audioMs, 0))}`, item]] : []),
  ];
  if (!choices.length) {
    return null;
  }
  if (!playable((entry.audio ? entry : item[0]).format)) {
    return html`<p class="small soft">This browser has no decoder for Opus, so this audio cannot be played here.</p>`;
  }
  const toggle = (name, entries) => {
    if (playing === name) {
      stop();
      return;
    }
    setPlaying(name);
    play(entries).finally(() => setPlaying(now => (now === name ? null : now)));
  };
  return html`<div class="sounds">${choices.map(([name, label, entries]) => html`
    <button class="button small" type="button" data-testid=${`play-${name}`} aria-pressed=${playing === name ? 'true' : 'false'} onClick=${() => toggle(name, entries)}>
      ${playing === name ? 'Stop' : label}</button>`)}</div>`;
}
