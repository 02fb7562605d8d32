// What is chosen for a conversation, kept in this browser; never a key, and nothing that was said.
import { useCallback, useState } from '../vendor/htm-preact.js';
import { remembered } from '../lib/remembered.js';

const FIRST = {
  provider: '', models: {}, voices: {}, instructions: '', turnDetection: 'server_vad', language: '', microphone: '',
  tools: { lights: true, time: false, theme: false }, record: true,
};

/** Languages that can be named to those who write down what the user says; an empty one lets the provider find out. */
export const LANGUAGES = [
  ['', 'Found out by the provider'], ['ar', 'Arabic'], ['zh', 'Chinese'], ['cs', 'Czech'], ['da', 'Danish'], ['nl', 'Dutch'], ['en', 'English'],
  ['fi', 'Finnish'], ['fr', 'French'], ['de', 'German'], ['el', 'Greek'], ['he', 'Hebrew'], ['hi', 'Hindi'], ['hu', 'Hungarian'],
  ['id', 'Indonesian'], ['it', 'Italian'], ['ja', 'Japanese'], ['ko', 'Korean'], ['no', 'Norwegian'], ['pl', 'Polish'], ['pt', 'Portuguese'],
  ['ro', 'Romanian'], ['ru', 'Russian'], ['es', 'Spanish'], ['sv', 'Swedish'], ['th', 'Thai'], ['tr', 'Turkish'], ['uk', 'Ukrainian'], ['vi', 'Vietnamese'],
];

export const TURNS = {
  server_vad: 'By silence (server_vad)',
  semantic_vad: 'By meaning (semantic_vad)',
  none: 'Push to talk (none)',
};

/** The settings, and what changes some of them. */
export function useSettings() {
  const [settings, set] = useState(() => ({ ...FIRST, ...remembered.get('talk', {}) }));
  const change = useCallback(some => set(before => {
    const after = { ...before, ...some };
    remembered.set('talk', after);
    return after;
  }), []);
  return [settings, change];
}

/** The provider that is chosen, else the gateway's, else the first that is ready. */
export function chosenProvider(settings, options) {
  const ready = options?.providers.filter(provider => provider.ready) ?? [];
  const named = name => ready.find(provider => provider.name === name);
  return named(settings.provider) ?? named(options?.default_provider) ?? ready[0] ?? null;
}

/** The turn detection that is chosen, or the first that the provider can do. */
export function chosenTurns(settings, provider) {
  const kinds = turnKinds(provider);
  return kinds.includes(settings.turnDetection) ? settings.turnDetection : kinds[0];
}

export function turnKinds(provider) {
  const kinds = Object.keys(TURNS).filter(kind => provider?.turn_detection.includes(kind));
  return kinds.length ? kinds : Object.keys(TURNS);
}

/** The `session` for OpenAI Realtime that the settings come to. */
export function sessionOf(settings, provider) {
  const turns = chosenTurns(settings, provider);
  const voice = settings.voices[provider.name];
  return {
    type: 'realtime',
    ...(settings.instructions.trim() && { instructions: settings.instructions.trim() }),
    audio: {
      input: {
        turn_detection: turns === 'none' ? null : { type: turns },
        transcription: {
          model: provider.transcription_model ?? 'gpt-4o-mini-transcribe',
          ...(settings.language && { language: settings.language }),
        },
      },
      ...(voice && { output: { voice } }),
    },
  };
}
