// npm openai: the Realtime client of the beta, which its package still has, on the ws package.
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/beta/realtime/ws';
import { end, frames, gateway, Inbox, key, scenario } from './scenario.mjs';

class Call {
  static async open() {
    const call = new Call();
    call.inbox = new Inbox();
    call.errors = [];
    call.rt = new OpenAIRealtimeWS({ model: 'gpt-realtime-2.1' }, new OpenAI({ apiKey: key, baseURL: `${gateway}/v1` }));
    call.rt.on('event', (event) => call.inbox.add(event));
    call.rt.on('error', (error) => call.errors.push(error));
    call.created = await call.await('session.created');
    return call;
  }

  await(type) {
    return this.inbox.next((event) => event.type === type, type);
  }

  async answer() {
    const from = this.inbox.taken;
    const done = await this.await('response.done');
    const events = this.inbox.all.slice(from, this.inbox.taken);
    const deltas = (type) => events.filter((event) => event.type === type).map((event) => event.delta);
    return {
      transcript: deltas('response.audio_transcript.delta').join(''),
      text: deltas('response.text.delta').join(''),
      audioBytes: deltas('response.audio.delta').reduce((sum, d) => sum + Buffer.from(d, 'base64').length, 0),
      status: done.response.status,
      content: done.response.output[0].content[0].type,
    };
  }

  end(told) {
    this.rt.close();
    return {
      ...told,
      types: [...new Set(this.inbox.all.map((event) => event.type))],
      errors: this.errors.map((error) => ({ message: error.message, ...error.error })),
      keySeen: JSON.stringify(this.inbox.all).includes('sk-provider'),
    };
  }
}

await scenario('typed', async () => {
  const call = await Call.open();
  call.rt.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What is twelve times three?' }] },
  });
  call.rt.send({ type: 'response.create' });
  const answer = await call.answer();
  return call.end({ ...answer, modalities: call.created.session.modalities, voice: call.created.session.voice });
});

await scenario('written', async () => {
  const call = await Call.open();
  call.rt.send({ type: 'session.update', session: { modalities: ['text'], temperature: 0.7 } });
  const updated = await call.await('session.updated');
  call.rt.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What is twelve times three?' }] },
  });
  call.rt.send({ type: 'response.create' });
  return call.end({ ...(await call.answer()), modalities: updated.session.modalities });
});

await scenario('spoken', async () => {
  const call = await Call.open();
  const input_audio_transcription = { model: 'whisper-1' };
  call.rt.send({ type: 'session.update', session: { input_audio_format: 'pcm16', input_audio_transcription } });
  await call.await('session.updated');
  for (const frame of frames()) {
    call.rt.send({ type: 'input_audio_buffer.append', audio: frame.toString('base64') });
  }
  await call.await('input_audio_buffer.speech_started');
  const answer = await call.answer();
  const heard = call.inbox.all.filter((event) => event.type.endsWith('input_audio_transcription.completed'));
  return call.end({ ...answer, heard: heard.map((event) => event.transcript) });
});

await scenario('refused', async () => {
  const call = await Call.open();
  call.rt.send({ type: 'session.update', event_id: 'mine-1', session: { turn_detection: { type: 'server_vad', threshold: 7 } } });
  await call.await('error');
  return call.end({});
});

end();
