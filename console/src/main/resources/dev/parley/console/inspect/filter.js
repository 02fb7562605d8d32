// Which entries the log shows. A search over many entries goes in slices, so that the page stays at hand.
import { familyOf, FAMILIES } from '../lib/wire.js';

export const DIRECTIONS = { sent: 'Sent', received: 'Received', page: 'On this page' };
/** Hundreds a minute, and seldom what one looks for. */
export const AT_FIRST = new Set(Object.keys(FAMILIES).filter(family => !family.startsWith('audio')));

const SLICE = 500;

export class Filter {
  /** The numbers of the entries that are shown, in order. */
  rows = [];
  #journal;
  #next = 0;
  #families = AT_FIRST;
  #directions = new Set(Object.keys(DIRECTIONS));
  #text = '';

  constructor(journal) {
    this.#journal = journal;
  }

  set({ families, directions, text }) {
    this.#families = families;
    this.#directions = directions;
    this.#text = text.trim().toLowerCase();
    this.rows = [];
    this.#next = 0;
  }

  /** Looks at what is new for so many ms; returns whether there is more to look at. */
  advance(ms) {
    const { entries, dropped } = this.#journal;
    if (this.rows.length && this.rows[0] < dropped) {
      this.rows = this.rows.filter(seq => seq >= dropped);
    }
    const until = performance.now() + ms;
    let index = Math.max(0, this.#next - dropped);
    while (index < entries.length && performance.now() < until) {
      for (const end = Math.min(entries.length, index + SLICE); index < end; index++) {
        if (this.#shows(entries[index])) {
          this.rows.push(entries[index].seq);
        }
      }
    }
    this.#next = index + dropped;
    return index < entries.length;
  }

  #shows(entry) {
    // An exchange over HTTP is neither sent nor received alone.
    return (entry.direction === 'http' || this.#directions.has(entry.direction))
      && this.#families.has(familyOf(entry))
      && (!this.#text || entry.type.toLowerCase().includes(this.#text)
        || JSON.stringify(entry.event ?? entry.data).toLowerCase().includes(this.#text));
  }
}
