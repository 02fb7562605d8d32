// A microphone that hears what the test says, and can be missing, refused or unplugged.
(() => {
  const rig = window.rig = { };
  const Context = window.AudioContext;
  const tracks = [];
  let context, voice;

  function plug() {
    if (!context) {
      context = new Context({ sampleRate: 48000 });
      voice = context.createGain();
      // A real microphone is never quite silent.
      const noise = context.createBuffer(1, 48000, 48000);
      const samples = noise.getChannelData(0);
      for (let i = 0; i < samples.length; i++) samples[i] = (Math.random() - 0.5) * 0.0004;
      const hiss = new AudioBufferSourceNode(context, { buffer: noise, loop: true });
      hiss.connect(voice);
      hiss.start();
    }
    return context.resume();
  }

  const microphone = rig.microphone = {
    refusal: null,
    asked: [],
    saying: 0,
    live: () => tracks.filter(track => track.readyState === 'live').length,
    unplug() {
      for (const track of tracks.splice(0)) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    },
    // base64 of 16-bit mono; resolves when it begins.
    async say(base64, sampleRate) {
      await plug();
      const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0));
      const pcm = new Int16Array(bytes.buffer);
      const buffer = context.createBuffer(1, pcm.length, sampleRate);
      buffer.copyToChannel(Float32Array.from(pcm, sample => sample / 32768), 0);
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(voice);
      source.onended = () => {
        microphone.saying--;
        // On the clock of the page's sound, as far as this thread can tell.
        microphone.ended = window.rig.ear.now();
      };
      microphone.saying++;
      source.start();
    },
  };

  if (!navigator.mediaDevices) return;
  navigator.mediaDevices.getUserMedia = async constraints => {
    microphone.asked.push(constraints);
    if (microphone.refusal) throw new DOMException('by the test', microphone.refusal);
    await plug();
    const jack = context.createMediaStreamDestination();
    jack.channelCount = 1;
    voice.connect(jack);
    tracks.push(...jack.stream.getTracks());
    return jack.stream;
  };
})();
