// Sends what it hears to the page, with the number of its first sample; is itself silent.
registerProcessor('rig-ear', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.samples = new Float32Array(1024);
    this.length = 0;
    this.frame = 0;
  }

  process([input]) {
    if (this.length === 0) this.frame = currentFrame;
    if (input[0]) this.samples.set(input[0], this.length);
    this.length += 128;
    if (this.length === this.samples.length) {
      this.port.postMessage({ frame: this.frame, samples: this.samples.slice() });
      this.samples.fill(0);
      this.length = 0;
    }
    return true;
  }
});
