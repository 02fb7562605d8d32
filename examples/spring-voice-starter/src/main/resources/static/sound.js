// Plays the answers, and knows what of them was heard.
export class Loudspeaker {
  constructor(context, report) {
    this.context = context;
    this.report = report;
    this.playing = [];
    this.ends = 0;
  }

  // Plays 16-bit PCM at 24,000 Hz behind what is being played.
  play(item, base64) {
    const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
    const pcm = new Int16Array(bytes.buffer);
    const buffer = this.context.createBuffer(1, pcm.length, 24000);
    buffer.getChannelData(0).set(Float32Array.from(pcm, sample => sample / 32768));
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.context.destination);
    if (item !== this.item) {
      this.item = item;
      this.sent = 0;
    }
    const from = Math.max(this.context.currentTime + 0.05, this.ends);
    source.start(from);
    this.ends = from + buffer.duration;
    const piece = { source, item, from, until: this.ends, startMs: this.sent };
    this.sent += buffer.duration * 1000;
    this.playing.push(piece);
    source.onended = () => {
      this.playing = this.playing.filter(other => other !== piece);
      if (!this.playing.length) {
        this.report(item, Math.round(piece.startMs + buffer.duration * 1000), false);
      }
    };
  }

  // Tells where the listener is.
  tell() {
    const now = this.context.currentTime;
    const piece = this.playing.find(each => each.from <= now && now < each.until);
    if (piece) {
      this.report(piece.item, Math.round(piece.startMs + (now - piece.from) * 1000), true);
    }
  }

  // Throws away what has not been heard.
  stop() {
    this.playing.forEach(({ source }) => { source.onended = null; source.stop(); });
    this.playing = [];
    this.ends = 0;
  }
}
