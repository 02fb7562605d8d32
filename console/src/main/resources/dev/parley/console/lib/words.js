// What both sides said, and when each word came: the captions of a replay.
import { partition } from './series.js';
import { text } from './wire.js';

const SPOKEN = /^response\.(output_)?(audio_transcript|text)\.(delta|done)$/;
const HEARD = /^conversation\.item\.input_audio_transcription\.(delta|completed|updated)$/;

/** A caption: `{ itemId, role, text, at, end, steps: [[ms, characters]…], heard (characters, null: all), seq }`. */
export class Words {
  /** By the time of their first word. */
  captions = [];
  #byItem = new Map();

  take({ event, type, at, seq, direction }) {
    if (SPOKEN.test(type)) {
      this.#grow('assistant', event, at, seq, event.transcript ?? event.text);
    } else if (HEARD.test(type)) {
      // `updated`, which is a vendor's own, repeats all words so far.
      this.#grow('user', event, at, seq, event.transcript);
    } else if (/^conversation\.item\.(added|created)$/.test(type) && direction === 'received') {
      this.#written(event.item, at, seq);
    }
  }

  #written(item, at, seq) {
    const words = item?.role === 'user' && Array.isArray(item.content) ? item.content.map(part => text(part?.text)).join('') : '';
    if (words) {
      this.#step(this.#caption('user', item.id, at, seq), at, words);
    }
  }

  #grow(role, event, at, seq, told) {
    const whole = text(told);
    const delta = text(event.delta);
    if (!whole && !delta) {
      return;
    }
    const caption = this.#caption(role, event.item_id, at, seq);
    this.#step(caption, at, whole || caption.text + delta);
  }

  #caption(role, itemId, at, seq) {
    let caption = this.#byItem.get(itemId);
    if (!caption) {
      caption = { itemId, role, text: '', at, end: at, steps: [], heard: null, seq };
      this.#byItem.set(itemId, caption);
      this.captions.push(caption);
    }
    return caption;
  }

  #step(caption, at, words) {
    if (words !== caption.text) {
      caption.text = words;
      caption.steps.push([at, words.length]);
      caption.end = at;
    }
  }

  heard(itemId, characters) {
    const caption = this.#byItem.get(itemId);
    if (caption) {
      caption.heard = characters;
    }
  }

  heardOf(itemId) {
    return this.#byItem.get(itemId)?.heard ?? null;
  }

  /** The words that had come by then, the latest last: `{ caption, text }`. */
  until(at, most) {
    const count = partition(this.captions.length, index => this.captions[index].at <= at);
    return this.captions.slice(Math.max(0, count - most), count).map(caption => {
      const steps = partition(caption.steps.length, index => caption.steps[index][0] <= at);
      return { caption, text: caption.text.slice(0, caption.steps[steps - 1]?.[1] ?? 0) };
    });
  }
}
