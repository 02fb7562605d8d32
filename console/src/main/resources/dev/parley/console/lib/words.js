// What both sides said, and when each word came: the captions of a replay.
import { partition } from './series.js';

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
    const text = item?.role === 'user' ? (item.content ?? []).map(part => part.text ?? '').join('') : '';
    if (text) {
      this.#step(this.#caption('user', item.id, at, seq), at, text);
    }
  }

  #grow(role, event, at, seq, whole) {
    if (!whole && !event.delta) {
      return;
    }
    const caption = this.#caption(role, event.item_id, at, seq);
    this.#step(caption, at, whole || caption.text + event.delta);
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

  #step(caption, at, text) {
    if (text !== caption.text) {
      caption.text = text;
      caption.steps.push([at, text.length]);
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
