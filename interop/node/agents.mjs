// npm @openai/agents-realtime: a voice agent with a function, over its WebSocket transport.
import { RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import { z } from 'zod';
import { end, frames, gateway, Inbox, key, light, scenario } from './scenario.mjs';

// The client passes over events that do not fit its schemas. This is how it tells them apart.
const events = new URL('./node_modules/@openai/agents-realtime/dist/openaiRealtimeEvents.mjs', import.meta.url);
const { parseRealtimeEvent } = await import(events);

class Call {
  static async open() {
    const call = new Call();
    call.inbox = new Inbox();
    call.errors = [];
    call.calls = [];
    call.interruptions = 0;
    call.audioBytes = 0;
    const setLight = tool({
      name: light.name,
      description: light.description,
      parameters: z.object({ room: z.string(), on: z.boolean() }),
      execute: async (given) => {
        call.calls.push(given);
        return light.answer;
      },
    });
    const agent = new RealtimeAgent({ name: 'house', instructions: 'Look after the house.', tools: [setLight] });
    const session = new RealtimeSession(agent, { transport: 'websocket', model: 'gpt-realtime-2.1' });
    call.session = session;
    session.on('error', (error) => call.errors.push(error.error));
    session.on('audio', (audio) => (call.audioBytes += audio.data.byteLength));
    session.on('audio_interrupted', () => call.interruptions++);
    session.transport.on('*', (event) => call.inbox.add(event));
    session.on('agent_tool_end', () => call.inbox.add({ type: '(tool end)' }));
    await session.connect({ apiKey: key, url: `${gateway.replace('http', 'ws')}/v1/realtime?model=gpt-realtime-2.1` });
    return call;
  }

  await(type) {
    return this.inbox.next((event) => event.type === type, type);
  }

  say() {
    for (const frame of frames()) {
      this.session.sendAudio(new Uint8Array(frame).buffer);
    }
    // A microphone does not stop, and semantic turns may end only after seconds of silence.
    for (let ms = 0; ms < 6_000; ms += 100) {
      this.session.sendAudio(new ArrayBuffer(4800));
    }
  }

  /** What the session's history holds of each speaker. */
  said(role) {
    return this.session.history
      .filter((item) => item.type === 'message' && item.role === role)
      .map((item) => item.content.map((part) => part.transcript ?? part.text ?? '').join(''));
  }

  end(told) {
    const misfits = this.inbox.all
      .filter((event) => !event.type.startsWith('('))
      .filter((event) => parseRealtimeEvent({ data: JSON.stringify(event) }).isGeneric)
      .map((event) => event.type);
    this.session.close();
    return {
      ...told,
      misfits: [...new Set(misfits)],
      audioBytes: this.audioBytes,
      errors: this.errors.map((error) => error?.error ?? { message: String(error) }),
      keySeen: JSON.stringify(this.inbox.all).includes('sk-provider'),
    };
  }
}

await scenario('connect', async () => {
  const call = await Call.open();
  const traced = await call.await('session.updated');
  const updated = await call.await('session.updated');
  return call.end({
    tools: updated.session.tools.map((each) => each.name),
    turns: updated.session.audio.input.turn_detection.type,
    sessions: [traced.session.id === updated.session.id],
  });
});

await scenario('typed', async () => {
  const call = await Call.open();
  call.session.sendMessage('What is twelve times three?');
  const done = await call.await('response.done');
  return call.end({
    status: done.response.status,
    user: call.said('user'),
    assistant: call.said('assistant'),
    totalTokens: call.session.usage.totalTokens,
  });
});

await scenario('spoken', async () => {
  const call = await Call.open();
  await call.await('session.updated');
  await call.await('session.updated');
  call.say();
  // With the transcript in hand the client asks for the item, and puts what it gets into the history.
  await call.await('conversation.item.retrieved');
  if (!call.inbox.all.some((event) => event.type === 'response.done')) {
    await call.await('response.done');
  }
  return call.end({ user: call.said('user'), assistant: call.said('assistant') });
});

await scenario('function', async () => {
  const call = await Call.open();
  await call.await('session.updated');
  await call.await('session.updated');
  call.session.sendMessage('Turn on the kitchen light');
  await call.await('(tool end)');
  await call.await('response.output_audio_transcript.done');
  await call.await('response.done');
  return call.end({ calls: call.calls, assistant: call.said('assistant') });
});

await scenario('interrupted', async () => {
  const call = await Call.open();
  await call.await('session.updated');
  await call.await('session.updated');
  call.session.sendMessage('What can you do?');
  await call.await('response.output_audio.delta');
  call.say();
  const cut = await call.await('response.done');
  const truncated = call.inbox.all.some((event) => event.type === 'conversation.item.truncated');
  await call.await('response.done');
  return call.end({
    cut: cut.response.status,
    truncated: truncated || call.inbox.all.some((event) => event.type === 'conversation.item.truncated'),
    interruptions: call.interruptions,
    assistant: call.said('assistant'),
  });
});

await scenario('stopped', async () => {
  const call = await Call.open();
  await call.await('session.updated');
  await call.await('session.updated');
  call.session.sendMessage('What can you do?');
  await call.await('response.output_audio.delta');
  call.session.interrupt();
  const cut = await call.await('response.done');
  return call.end({ cut: cut.response.status });
});

await scenario('refused', async () => {
  const call = await Call.open();
  await call.await('session.updated');
  await call.await('session.updated');
  call.session.transport.sendEvent({
    type: 'session.update',
    event_id: 'mine-1',
    session: { type: 'realtime', temperature: 0.8 },
  });
  await call.await('error');
  return call.end({});
});

end();
