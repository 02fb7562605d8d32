// Runs on the audio thread: collects the microphone's samples and hands them over as 16-bit PCM, 20 ms at a time.
class Microphone extends AudioWorkletProcessor {
  constructor() {
    super();
    this.samples = new Int16Array(480);
    this.length = 0;
  }

  process([[channel]]) {
    for (const sample of channel ?? []) {
      this.samples[this.length++] = Math.max(-1, Math.min(1, sample)) * 32767;
      if (this.length === this.samples.length) {
        this.port.postMessage(this.samples.slice());
        this.length = 0;
      }
    }
    return true;
  }
}

registerProcessor('microphone', Microphone);
