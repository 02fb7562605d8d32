import { Loudspeaker } from '/sound.js';

const element = id => document.getElementById(id);
const status = text => { element('status').textContent = text; };

// The log is a live region: a screen reader says each line.
function log(who, text) {
  if (!text) return;
  const line = document.createElement('p');
  line.className = who;
  line.textContent = `${who}: ${text}`;
  element('log').append(line);
}

// The lights as the application has them; without a login the page goes back to it.
async function showLights() {
  const answer = await fetch('/lights');
  if (answer.status === 401) {
    location.reload();
    return;
  }
  element('lights').replaceChildren(...Object.entries(await answer.json()).map(([room, on]) => {
    const item = document.createElement('li');
    item.textContent = `${room}: ${on ? 'on' : 'off'}`;
    return item;
  }));
}

let call;

// A call: the socket, the loudspeaker, and the microphone unless the user only types.
async function start(withMicrophone) {
  const context = new AudioContext({ sampleRate: 24000 });
  let stream;
  try {
    await context.resume();
    if (withMicrophone) {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, channelCount: 1 },
      });
      await context.audioWorklet.addModule('/microphone.js');
    }
  } catch (error) {
    stream?.getTracks().forEach(track => track.stop());
    context.close();
    throw error;
  }

  // The same host and port; the browser sends the login's cookie with it.
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/talk`);
  const send = event => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(event));
  const loudspeaker = new Loudspeaker(context, (item_id, audio_end_ms, playing) =>
    send({ type: 'playback.position', item_id, content_index: 0, audio_end_ms, playing }));
  const reports = setInterval(() => loudspeaker.tell(), 250);
  if (stream) {
    const microphone = new AudioWorkletNode(context, 'microphone', { numberOfOutputs: 0 });
    microphone.port.onmessage = ({ data }) => send({
      type: 'input_audio_buffer.append',
      audio: btoa(String.fromCharCode(...new Uint8Array(data.buffer))),
    });
    context.createMediaStreamSource(stream).connect(microphone);
  }

  call = { send, hangUp: () => socket.close(1000), interrupt: () => loudspeaker.stop() };
  inCall(true);
  status('Connecting.');
  socket.onopen = () => status(stream ? 'Connected. Speak or type.' : 'Connected. Type.');
  socket.onmessage = ({ data }) => heard(JSON.parse(data).data, loudspeaker);
  socket.onclose = ({ code, reason }) => {
    clearInterval(reports);
    loudspeaker.stop();
    stream?.getTracks().forEach(track => track.stop());
    context.close();
    call = undefined;
    inCall(false);
    status(code === 1000 ? 'The call has ended.' : `The call has ended: ${reason || code}.`);
    showLights();
  };
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
      log('house', event.transcript);
      break;
    case 'conversation.item.input_audio_transcription.completed':
      log('you', event.transcript);
      break;
    case 'response.done':
      showLights();
      break;
    case 'error':
      status(event.error.message);
      break;
  }
}

function inCall(yes) {
  element('talk').hidden = yes;
  element('silent').hidden = yes;
  element('end').hidden = !yes;
  element(yes ? 'end' : 'talk').focus();
}

const attempt = withMicrophone =>
  start(withMicrophone).catch(error => status(`It cannot start: ${error.message}`));
element('talk').addEventListener('click', () => attempt(true));
element('silent').addEventListener('click', () => attempt(false));
element('end').addEventListener('click', () => call?.hangUp());
element('form').addEventListener('submit', event => {
  event.preventDefault();
  const text = element('text').value.trim();
  if (!text) return;
  if (!call) {
    status('Not connected. Press Talk or Only type first.');
    return;
  }
  call.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  });
  call.send({ type: 'response.create' });
  log('you', text);
  element('text').value = '';
});
showLights();
