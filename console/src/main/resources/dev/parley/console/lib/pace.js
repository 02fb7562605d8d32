// Plausible times for a recording that has none: the user speaks at the pace of the audio, answers come faster than they sound.

const STEP_MS = 5;
/** Recordings may have been cut to a few bytes of audio an event; then this is what an event of the microphone stands for. */
const LEAST_SPEECH_MS = 20;
const TOOL_MS = 120;
const THINKING_MS = 250;
const PAUSE_MS = 400;

export class Pace {
  #now = 0;
  #playedUntil = 0;
  #speaking = false;

  /** The ms at which a message came, which follows those that were asked for before. */
  at(line, direction, event, audioMs) {
    this.#now += this.#step(direction, event, audioMs);
    if (direction === 'received' && audioMs) {
      this.#playedUntil = Math.max(this.#playedUntil, this.#now) + audioMs;
    }
    this.#speaking = direction === 'received' && (this.#speaking || audioMs > 0) && event.type !== 'response.done';
    return this.#now;
  }

  #step(direction, { type, item }, audioMs) {
    if (direction === 'sent' && audioMs) {
      return Math.max(audioMs, LEAST_SPEECH_MS);
    }
    if (direction === 'sent' && type === 'conversation.item.create') {
      return item?.role === 'user' ? Math.max(0, this.#playedUntil - this.#now) + PAUSE_MS : TOOL_MS;
    }
    if (audioMs) {
      return this.#speaking ? Math.min(audioMs / 4, LEAST_SPEECH_MS) : THINKING_MS;
    }
    return STEP_MS;
  }
}
