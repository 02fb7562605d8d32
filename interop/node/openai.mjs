// npm openai: its Realtime client on the ws package, or with the argument 'native' on the runtime's own WebSocket.
import OpenAI, { AzureOpenAI } from 'openai';
import { end, frames, gateway, Inbox, key, light, scenario } from './scenario.mjs';

const native = process.argv[2] === 'native';
if (native && !globalThis.WebSocket) {
  // Runtimes before Node 22 have none; this one takes the same arguments.
  globalThis.WebSocket = (await import('ws')).WebSocket;
}
const { OpenAIRealtimeWebSocket } = await import('openai/realtime/websocket');
const { OpenAIRealtimeWS } = await import('openai/realtime/ws');

const Client = native ? OpenAIRealtimeWebSocket : OpenAIRealtimeWS;

function client(apiKey) {
  return new OpenAI({ apiKey, baseURL: `${gateway}/v1`, organization: 'org-mine', project: 'proj-mine' });
}

class Call {
  /** Connects as OpenAI's documentation says, or by what is given. */
  static async open(rt = new Client({ model: 'gpt-realtime-2.1' }, client(key))) {
    const call = new Call();
    call.inbox = new Inbox();
    call.errors = [];
    call.rt = rt;
    call.rt.on('event', (event) => call.inbox.add(event));
    call.rt.on('error', (error) => call.errors.push(error));
    call.created = await call.await('session.created');
    return call;
  }

  send(event) {
    this.rt.send(event);
  }

  await(type) {
    return this.inbox.next((event) => event.type === type, type);
  }

  async update(session) {
    this.send({ type: 'session.update', session: { type: 'realtime', ...session } });
    return this.await('session.updated');
  }

  ask(text) {
    this.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    });
    this.send({ type: 'response.create' });
  }

  say() {
    for (const frame of frames()) {
      this.send({ type: 'input_audio_buffer.append', audio: frame.toString('base64') });
    }
  }

  /** What the client reported until the response was done. */
  async answer() {
    const from = this.inbox.taken;
    const done = await this.await('response.done');
    const events = this.inbox.all.slice(from, this.inbox.taken);
    const text = (type) => events.filter((event) => event.type === type).map((event) => event.delta);
    return {
      transcript: text('response.output_audio_transcript.delta').join(''),
      text: text('response.output_text.delta').join(''),
      audioBytes: text('response.output_audio.delta').reduce((sum, d) => sum + Buffer.from(d, 'base64').length, 0),
      status: done.response.status,
      reason: done.response.status_details?.reason,
      totalTokens: done.response.usage?.total_tokens,
    };
  }

  /** Closes, and adds what every scenario tells: errors, and whether anything of the provider's key was seen. */
  end(told) {
    this.rt.close();
    const seen = JSON.stringify(this.inbox.all);
    return {
      ...told,
      errors: this.errors.map((error) => ({ message: error.message, ...error.error })),
      keySeen: seen.includes('sk-provider'),
    };
  }
}

await scenario('connect', async () => {
  const call = await Call.open();
  return call.end({
    session: call.created.session.id,
    subprotocol: call.rt.socket.protocol,
    modalities: call.created.session.output_modalities,
  });
});

await scenario('azure', async () => {
  const azure = new AzureOpenAI({ apiKey: key, endpoint: gateway, apiVersion: '2025-08-28', deployment: 'my-voice' });
  const call = await Call.open(await Client.azure(azure));
  call.ask('What is twelve times three?');
  return call.end(await call.answer());
});

await scenario('secret', async () => {
  const session = { type: 'realtime', model: 'gpt-realtime-2.1', instructions: 'Be brief.' };
  const issued = await client(key).realtime.clientSecrets.create({ session });
  const call = await Call.open(new Client({ model: 'gpt-realtime-2.1' }, client(issued.value)));
  call.ask('What is twelve times three?');
  const answer = await call.answer();
  return call.end({ ...answer, instructions: issued.session.instructions, secret: issued.value.slice(0, 3) });
});

await scenario('typed', async () => {
  const call = await Call.open();
  call.ask('What is twelve times three?');
  const answer = await call.answer();
  await call.await('rate_limits.updated');
  return call.end(answer);
});

await scenario('written', async () => {
  const call = await Call.open();
  await call.update({ output_modalities: ['text'] });
  call.ask('What is twelve times three?');
  return call.end(await call.answer());
});

await scenario('spoken', async () => {
  const call = await Call.open();
  await call.update({ audio: { input: { transcription: { model: 'gpt-4o-mini-transcribe' } } } });
  call.say();
  const started = await call.await('input_audio_buffer.speech_started');
  const stopped = await call.await('input_audio_buffer.speech_stopped');
  const committed = await call.await('input_audio_buffer.committed');
  const answer = await call.answer();
  const heard = call.inbox.all.filter((event) => event.type.endsWith('input_audio_transcription.completed'));
  return call.end({
    ...answer,
    oneItem: started.item_id === stopped.item_id && stopped.item_id === committed.item_id,
    heard: heard.map((event) => event.transcript),
  });
});

await scenario('function', async () => {
  const call = await Call.open();
  const parameters = {
    type: 'object',
    properties: { room: { type: 'string' }, on: { type: 'boolean' } },
    required: ['room', 'on'],
  };
  await call.update({ tools: [{ type: 'function', name: light.name, description: light.description, parameters }] });
  call.ask('Turn on the kitchen light');
  const asked = await call.await('response.function_call_arguments.done');
  await call.answer();
  const output = JSON.stringify({ message: light.answer });
  call.send({
    type: 'conversation.item.create',
    item: { type: 'function_call_output', call_id: asked.call_id, output },
  });
  call.send({ type: 'response.create' });
  return call.end({ ...(await call.answer()), called: asked.name, arguments: JSON.parse(asked.arguments) });
});

await scenario('cancelled', async () => {
  const call = await Call.open();
  call.ask('What can you do?');
  const heard = await call.await('response.output_audio.delta');
  call.send({ type: 'response.cancel' });
  const answer = await call.answer();
  call.send({ type: 'conversation.item.truncate', item_id: heard.item_id, content_index: 0, audio_end_ms: 20 });
  const truncated = await call.await('conversation.item.truncated');
  return call.end({ ...answer, truncated: truncated.item_id === heard.item_id });
});

await scenario('interrupted', async () => {
  const call = await Call.open();
  call.ask('What can you do?');
  await call.await('response.output_audio.delta');
  call.say();
  const cut = await call.answer();
  return call.end({ ...(await call.answer()), cut: cut.status, cutReason: cut.reason });
});

await scenario('refused', async () => {
  const call = await Call.open();
  call.send({ type: 'session.update', event_id: 'mine-1', session: { type: 'realtime', temperature: 0.8 } });
  await call.await('error');
  await call.update({});
  return call.end({});
});

end();
