// A conversation once more, in its own time: a position that runs, and the sound of both sides, the user left, the model right.
import { partition, steady } from './series.js';
import { decoded, durationOf, rateOf } from './sound.js';

const AHEAD_MS = 1500;
const CLIP_MS = 1000;
const OPUS_CLIP_MS = 5000;
const TICK_MS = 60;
const LEFT = 0;
const RIGHT = 1;

/** Fires `change` when it starts, stops or jumps, and in each animation frame while it runs. */
export class Replay extends EventTarget {
  playing = false;
  speed = 1;

  #journal;
  #position = 0;
  #anchor = 0;
  #context = null;
  #merger = null;
  #clips = null;
  #next = 0;
  #sources = new Set();
  #run = 0;
  #timer = 0;

  constructor(journal) {
    super();
    this.#journal = journal;
  }

  /** In ms, from 0 to the journal's end. */
  get position() {
    const run = this.playing ? (this.#now() - this.#anchor) * this.speed : 0;
    return Math.min(this.#position + run, this.#journal.end);
  }

  play() {
    if (this.playing) {
      return;
    }
    this.#open();
    this.#clips ??= clipsOf(this.#journal);
    this.#position = this.#position >= this.#journal.end ? 0 : this.#position;
    this.playing = true;
    this.#begin();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#animate();
  }

  pause() {
    if (this.playing) {
      this.#position = this.position;
      this.playing = false;
      clearInterval(this.#timer);
      this.#silence();
    }
    this.#tell();
  }

  seek(ms) {
    this.#position = Math.max(0, Math.min(ms, this.#journal.end));
    if (this.playing) {
      this.#begin();
    }
    this.#tell();
  }

  at(speed) {
    this.#position = this.position;
    this.speed = speed;
    if (this.playing) {
      this.#begin();
    }
    this.#tell();
  }

  close() {
    this.pause();
    this.#context?.close();
    this.#context = null;
  }

  #open() {
    if (!this.#context && typeof AudioContext === 'function') {
      this.#context = new AudioContext();
      this.#merger = this.#context.createChannelMerger(2);
      this.#merger.connect(this.#context.destination);
    }
    this.#context?.resume();
  }

  /** In ms. The clock of the sound, if it runs: what is heard and what is shown then stay together. */
  #now() {
    return this.#context?.state === 'running' ? this.#context.currentTime * 1000 : performance.now();
  }

  #begin() {
    this.#silence();
    this.#anchor = this.#now();
    if (this.#context && this.#context.state !== 'running') {
      this.#context.onstatechange = () => this.playing && this.#begin();
    }
    this.#next = partition(this.#clips.length, index => this.#clips[index].at + this.#clips[index].ms <= this.#position);
    this.#tick();
  }

  #silence() {
    this.#run++;
    this.#sources.forEach(source => source.stop());
    this.#sources.clear();
  }

  #tick() {
    const position = this.position;
    while (this.#next < this.#clips.length && this.#clips[this.#next].at < position + AHEAD_MS * this.speed) {
      this.#sound(this.#clips[this.#next++], this.#run);
    }
    if (position >= this.#journal.end) {
      this.pause();
    }
  }

  async #sound(clip, run) {
    const entries = clip.seqs.map(seq => this.#journal.entry(seq)).filter(entry => entry?.audio);
    if (!entries.length || this.#context?.state !== 'running') {
      return;
    }
    const { format } = entries[0];
    const samples = await decoded(entries.map(entry => entry.audio), format);
    if (run !== this.#run || !samples.length) {
      return;
    }
    const source = this.#context.createBufferSource();
    source.buffer = this.#context.createBuffer(1, samples.length, rateOf(format));
    source.buffer.copyToChannel(samples, 0);
    source.playbackRate.value = this.speed;
    source.connect(this.#merger, 0, clip.side);
    source.onended = () => this.#sources.delete(source);
    this.#sources.add(source);
    const late = this.position - clip.at;
    source.start(
      this.#context.currentTime + Math.max(0, -late) / this.speed / 1000,
      (clip.skip + Math.max(0, late)) / 1000,
      Math.max(0, clip.ms - Math.max(0, late)) / 1000);
  }

  #animate() {
    if (this.playing) {
      this.#tell();
      requestAnimationFrame(() => this.#animate());
    }
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}

/** What sounds when, by time: `{ at, ms, skip, side, seqs }`; `skip` ms at its start belong to something before it. */
function clipsOf(journal) {
  return [...userClips(journal), ...modelClips(journal)].sort((one, other) => one.at - other.at);
}

const lengthOf = entry => (entry.format?.type === 'audio/opus' ? OPUS_CLIP_MS : CLIP_MS);

function userClips({ entries }) {
  const clips = [];
  let clip = null;
  for (const entry of entries) {
    if (!entry.audioBytes || entry.direction !== 'sent') {
      continue;
    }
    const until = clip ? clip.at + clip.ms : -Infinity;
    const at = steady(until, entry.at - entry.audioMs);
    if (at !== until || clip.ms >= lengthOf(entry)) {
      clip = { at, ms: 0, skip: 0, side: LEFT, seqs: [] };
      clips.push(clip);
    }
    clip.seqs.push(entry.seq);
    clip.ms += durationOf(entry.audioBytes, entry.format);
  }
  return clips;
}

function modelClips(journal) {
  const clips = [];
  for (const span of journal.digest.playout.spans) {
    let clip = null;
    for (const { seq, from, ms } of journal.digest.playout.pieces(span)) {
      const entry = journal.entry(seq);
      if (!entry) {
        continue;
      }
      if (!clip || clip.ms >= lengthOf(entry)) {
        const at = span.at + from - span.from;
        clip = { at: Math.max(span.at, at), ms: 0, skip: Math.max(0, span.at - at), side: RIGHT, seqs: [] };
        clip.ms = -clip.skip;
        clips.push(clip);
      }
      clip.seqs.push(seq);
      clip.ms = Math.min(clip.ms + ms, span.end - clip.at);
    }
  }
  return clips;
}
