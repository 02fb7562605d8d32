import { Loudspeaker } from '/sound.js';

const element = id => document.getElementById(id);
const button = element('start');

// Everything that changes is said to a screen reader, too: the status and the log are live regions.
const status = text => { element('status').textContent = text; };
const log = text => {
  const line = document.createElement('p');
  line.textContent = text;
  element('log').append(line);
};

function show(form) {
  for (const field of ['day', 'time', 'people', 'phone']) {
    const value = String(form[field] ?? 'not said').toLowerCase();
    if (element(field).textContent !== value) {
      element(field).textContent = value;
      log(`${field}: ${value}`);
    }
  }
}

async function start() {
  const context = new AudioContext({ sampleRate: 24000 });
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, channelCount: 1 },
  });
  await context.audioWorklet.addModule('/microphone.js');
  await context.resume();

  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/form`);
  const send = event => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(event));
  const loudspeaker = new Loudspeaker(context, (item_id, audio_end_ms, playing) =>
    send({ type: 'playback.position', item_id, content_index: 0, audio_end_ms, playing }));
  const reports = setInterval(() => loudspeaker.tell(), 250);

  const microphone = new AudioWorkletNode(context, 'microphone', { numberOfOutputs: 0 });
  microphone.port.onmessage = ({ data }) => send({
    type: 'input_audio_buffer.append',
    audio: btoa(String.fromCharCode(...new Uint8Array(data.buffer))),
  });
  context.createMediaStreamSource(stream).connect(microphone);

  socket.onopen = () => status('Connected. Speak.');
  socket.onmessage = ({ data }) => heard(JSON.parse(data).data, loudspeaker);
  socket.onclose = () => {
    clearInterval(reports);
    loudspeaker.stop();
    stream.getTracks().forEach(track => track.stop());
    context.close();
    button.hidden = false;
    button.focus();
    status('The connection has ended. Press any key to start again.');
  };
  button.hidden = true;
}

function heard(event, loudspeaker) {
  switch (event.type) {
    case 'response.output_audio.delta':
      loudspeaker.play(event.item_id, event.delta);
      break;
    case 'output_audio_buffer.cleared':
      loudspeaker.stop();
      break;
    case 'response.output_audio_transcript.done':
      log(event.transcript);
      break;
    case 'conversation.item.done':
      if (event.item.type === 'function_call_output') {
        try {
          show(JSON.parse(event.item.output).form ?? {});
        } catch {
          // A tool that failed answers in words, which are spoken.
        }
      }
      break;
    case 'error':
      status(event.error.message);
      break;
  }
}

const attempt = () => start().catch(error => status(`It cannot start: ${error.message}. Press any key to try again.`));
button.addEventListener('click', attempt);
document.addEventListener('keydown', () => button.hidden || button.click());

// Without a gesture where both were allowed before.
navigator.permissions?.query({ name: 'microphone' })
  .then(({ state }) => state === 'granted' && attempt())
  .catch(() => {});
