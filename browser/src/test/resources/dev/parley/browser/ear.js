// An ear beside the loudspeaker: what a page connects to an AudioContext's destination is recorded, sample by sample.
(() => {
  const Context = window.AudioContext;
  const ears = new Map();
  const { connect, disconnect } = AudioNode.prototype;

  function listen(context) {
    const ear = { context, node: null, pieces: [], ready: null };
    ears.set(context, ear);
    if (!context.audioWorklet) return;
    // A gateway serves it from the class path of the tests; no route of Playwright's reaches what a worklet loads.
    ear.ready = context.audioWorklet.addModule('/console/rig/ear-worklet.js').then(() => {
      ear.node = new AudioWorkletNode(context, 'rig-ear', { channelCount: 1, channelCountMode: 'explicit' });
      ear.node.port.onmessage = ({ data }) => ear.pieces.push(data);
      connect.call(ear.node, context.destination);
    }).catch(error => { ear.trouble = error; });
  }

  window.AudioContext = class AudioContext extends Context {
    constructor(...settings) {
      super(...settings);
      listen(this);
    }
  };

  AudioNode.prototype.connect = function (target, output = 0, ...rest) {
    const result = connect.call(this, target, output, ...rest);
    const ear = target === this.context.destination ? ears.get(this.context) : null;
    ear?.ready?.then(() => { if (ear.node) connect.call(this, ear.node, output); });
    return result;
  };

  AudioNode.prototype.disconnect = function (...what) {
    const ear = ears.get(this.context);
    if (what[0] === this.context.destination && ear?.node) {
      try { disconnect.call(this, ear.node); } catch { /* It was not connected. */ }
    }
    return disconnect.call(this, ...what);
  };

  // Whether it has sounded for so many seconds since it first did.
  window.rig.heardFor = seconds => {
    const ear = latest();
    const first = ear?.pieces.find(({ samples }) => samples.some(sample => Math.abs(sample) > 0.01));
    return first && window.rig.ear.recorded() - first.frame / ear.context.sampleRate > seconds;
  };

  const latest = () => [...ears.values()].pop();
  window.rig.ear = {
    contexts: () => [...ears.keys()].map(context => context.state),
    // Seconds of the latest context's own clock.
    now: () => latest()?.context.currentTime ?? 0,
    hertz: () => latest()?.context.sampleRate ?? 48000,
    // The samples in [from, now) of the context's clock: the first one's number, and 16-bit mono in base64.
    sound(from) {
      const ear = latest();
      // Not before: a page may close its sound before the worklet has come.
      if (ear?.trouble) throw ear.trouble;
      const rate = ear?.context.sampleRate ?? 48000;
      const pieces = (ear?.pieces ?? []).filter(piece => piece.frame + piece.samples.length > from * rate);
      if (!pieces.length) return { frame: Math.ceil(from * rate), hertz: rate, base64: '' };
      const first = pieces[0].frame;
      const last = pieces[pieces.length - 1];
      const pcm = new Int16Array(last.frame + last.samples.length - first);
      for (const { frame, samples } of pieces) {
        for (let i = 0; i < samples.length; i++) {
          pcm[frame - first + i] = Math.max(-32768, Math.min(32767, Math.round(samples[i] * 32768)));
        }
      }
      const bytes = new Uint8Array(pcm.buffer);
      let text = '';
      for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
      return { frame: first, hertz: rate, base64: btoa(text) };
    },
    // The loudest sample since a time, from 0 to 1.
    peak(from) {
      const ear = latest();
      let peak = 0;
      for (const { frame, samples } of ear?.pieces ?? []) {
        if (frame < from * ear.context.sampleRate) continue;
        for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
      }
      return peak;
    },
    // Seconds up to which it has been recorded.
    recorded() {
      const ear = latest();
      const last = ear?.pieces[ear.pieces.length - 1];
      return last ? (last.frame + last.samples.length) / ear.context.sampleRate : 0;
    },
  };
})();
