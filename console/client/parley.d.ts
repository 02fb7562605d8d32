/** What a conversation is doing, as a listener would say. */
export type State =
  | 'idle'           // not connected
  | 'connecting'
  | 'listening'      // connected; nobody speaks
  | 'hearing'        // the user speaks
  | 'thinking'       // the user's turn has ended, or a text was sent; nothing of the answer sounds yet
  | 'speaking'       // the answer sounds
  | 'reconnecting'
  | 'closed';

/** Why something does not work. `message` is plain English that says what to do; it may be shown as it is. */
export class ParleyError extends Error {
  /**
   * `insecure_origin`, `no_microphone`, `microphone_denied`, `microphone_busy`, `microphone_lost`, `audio_blocked`,
   * `unsupported_browser`, `worklet_failed`, `answer_too_long`, `gateway_unreachable`, `gateway_lost`, `gateway_silent`, `network_slow`, `invalid_key`,
   * `invalid_url`, `invalid_event`, `not_connected`, `closed`, or the `code` of the gateway's or the provider's error, such
   * as `invalid_api_key`, `session_quota_exceeded`, `gateway_full`, `provider_refused`.
   */
  readonly code: string;
  /** Whether the conversation is over because of it. */
  readonly fatal: boolean;
  /** Whether the same may work a little later. */
  readonly temporary: boolean;
  /** The event that the gateway sent, if it was one. */
  readonly event?: object;
}

export interface Tool {
  name: string;
  description?: string;
  /** JSON Schema of the arguments. */
  parameters?: object;
  /** Runs in the page; what it returns (or the text of what it throws) is told to the model, as JSON unless it is a string. */
  run(args: any, call: { callId: string; signal: AbortSignal }): unknown | Promise<unknown>;
}

export interface Microphone {
  deviceId?: string;
  /** All three are on unless they are false. */
  echoCancellation?: boolean;
  noiseSuppression?: boolean;
  autoGainControl?: boolean;
}

export interface ParleyOptions {
  /** The gateway's WebSocket; by default `/v1/realtime` of the page's own server. http(s) and relative addresses are fine. */
  url?: string;
  /** A client key or, better in a public page, a client secret; a function is asked at each connect. */
  key?: string | (() => string | Promise<string>);
  /** Added to the address; the gateway's defaults hold without them. */
  provider?: string;
  model?: string;
  /** The `session` of the first `session.update` (OpenAI Realtime, GA); formats and tools are added to it. */
  session?: object;
  /** false: none, as for text alone. A MediaStream is taken as it is. By default the default one, with echo cancellation. */
  microphone?: boolean | Microphone | MediaStream;
  /** false: nothing is played (the events come all the same). */
  loudspeaker?: boolean;
  /** How audio travels: `auto` takes Opus where both sides have it and the gateway is not on this computer, else PCM. */
  codec?: 'auto' | 'opus' | 'pcm';
  tools?: Tool[];
  /** Times to try again when the connection is lost; 0: never. 6 by default. The new session is told what was said. */
  reconnect?: number;
  /** Where parley.js itself is, for pages whose bundler has copied it into another file: the worklets are loaded from there. */
  worklet?: string;
}

export interface Caption {
  itemId: string;
  role: 'user' | 'assistant';
  /** All words so far, also those that were generated and never heard. */
  text: string;
  /** How many characters of `text`, from its start, have been heard; of a user's, all. */
  heard: number;
  /** No more words will come. */
  done: boolean;
  /** The user spoke over it, or it was stopped. */
  interrupted: boolean;
  /** performance.now() when its first words came. */
  at: number;
}

export interface TurnTiming {
  itemId: string;
  /** performance.now() of the last loud moment of the user's speech, and of the answer's first sample that sounded. */
  silenceAt: number;
  soundAt: number;
  /** What lies between, in ms. */
  ms: number;
  /** Whether silenceAt is the moment at which a text was sent or the talk button was let go. */
  typed: boolean;
}

export interface WireEvent {
  direction: 'sent' | 'received';
  /** As JSON on the wire; of an event with audio, without its base64. */
  event: any;
  /** The audio of that event as it was on the wire, without base64. */
  audio: Uint8Array | null;
  /** The format of `audio`. */
  format: { type: string; rate?: number } | null;
  /** performance.now(). */
  at: number;
}

export interface ToolCall {
  callId: string;
  name: string;
  arguments: any;
  /** `called`, then one of the others. A tool that the page does not have stays at `called`. */
  status: 'called' | 'done' | 'failed' | 'cancelled';
  result?: string;
  at: number;
  endedAt?: number;
}

export interface ParleyEvents {
  state: { state: State; previous: State };
  /** Each event on the wire, both ways, in order. */
  event: WireEvent;
  /** A caption is new or has changed. */
  caption: Caption;
  /** The answer to a turn has begun to sound. */
  turn: TurnTiming;
  /** The answer was stopped before its end was heard. */
  interrupted: { itemId: string; heardMs: number };
  tool: ToolCall;
  /**
   * Sound as it was captured, or as it was really played: mono, about every 20 ms; of output only while something sounds.
   * `at` is the performance.now() of its first sample; of output, when that leaves the loudspeaker.
   */
  audio: { direction: 'input' | 'output'; samples: Float32Array; sampleRate: number; at: number };
  /** The position of an item that is being played, in ms of its own audio. */
  playback: { itemId: string; contentIndex: number; ms: number; playing: boolean };
  error: ParleyError;
  /** Connected; `resumed` after a connection was lost. */
  open: { sessionId: string; resumed: boolean };
  close: { code: number; reason: string; error: ParleyError | null };
}

/** A spoken conversation through a Parley gateway, or any server of OpenAI Realtime. */
export class Parley {
  constructor(options?: ParleyOptions);

  readonly state: State;
  readonly muted: boolean;
  /** What was agreed on, once connected. */
  readonly wire: { binary: boolean; input: string; output: string } | null;
  readonly sessionId: string | null;
  /** What was said so far, in the order of the conversation; the last 500. A late transcript is put where it belongs. */
  readonly captions: Caption[];

  /** Asks for the microphone and connects; call it from a click or a key. Rejects with a ParleyError. */
  connect(): Promise<void>;
  /** Ends the conversation, the microphone and the sound. */
  close(): Promise<void>;

  /** Any client event of OpenAI Realtime. */
  send(event: object): void;
  /** Says something in writing and asks for an answer. */
  sendText(text: string): void;
  /** Stops the answer, and tells the model how much of it was heard. */
  interrupt(): void;
  /** Silence goes out in place of the microphone. */
  mute(on?: boolean): void;
  /** Push-to-talk, for sessions with `turn_detection: null`: true when the button goes down, false when it is let go. */
  talk(on: boolean): void;
  /** Changes the session while it runs. */
  update(session: object): void;
  /** Changes the microphone while it runs. */
  useMicrophone(microphone: Microphone): Promise<void>;
  /** Loudness now, as root mean square from 0 to 1. */
  levels(): { input: number; output: number };

  /** Calls back on each such event; returns what ends that. */
  on<K extends keyof ParleyEvents>(name: K, listener: (detail: ParleyEvents[K]) => void): () => void;

  /** The microphones there are; their labels are empty before the user has allowed one. */
  static microphones(): Promise<MediaDeviceInfo[]>;
}
