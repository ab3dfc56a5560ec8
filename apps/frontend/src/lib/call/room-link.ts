import {
  type ClientToServerEvents,
  type ErrorCode,
  pcmSampleRate,
  type ServerToClientEvents,
} from '@medcall/shared-types';
import { io, type Socket } from 'socket.io-client';
import type { InPersonIdentity, RoomIdentity } from '../../types/consultation.ts';
import { traceparentField } from '../page-trace.ts';

export type RoomSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** What a connection says of itself. */
interface RoomAuth {
  token: string;
  traceparent?: string;
}

/** Where a room's token comes from: the session for a doctor, the invitation for a patient. */
export interface TokenSource {
  /** Null when there is none to be had. */
  get: (options: { renew: boolean }) => Promise<string | null>;
}

type EventName = keyof ClientToServerEvents;
type Payload<E extends EventName> = Parameters<ClientToServerEvents[E]>[0];
type AckOf<E extends EventName> = Parameters<Parameters<ClientToServerEvents[E]>[1]>[0];
type Success<E extends EventName> = Extract<AckOf<E>, { ok: true }>;

/** An event that the service refused, or that nobody acknowledged in time. */
export class RoomError extends Error {
  override readonly name = 'RoomError';
  readonly code: ErrorCode | 'no_answer';

  constructor(code: ErrorCode | 'no_answer', message: string) {
    super(message);
    this.code = code;
  }
}

/** A numbered piece of sound, 16 kHz mono PCM16LE. */
export interface MicrophoneChunk {
  captureId: string;
  seq: number;
  capturedAtMs: number;
  data: ArrayBuffer;
  lost?: [number, number];
}

export interface RoomLinkEvents {
  /** The service let me in or made me wait. `room-joined` brings the rest. */
  onState: (state: 'joined' | 'waiting') => void;
  onLine: (line: 'up' | 'reconnecting') => void;
  /** The room is closed to me for good. */
  onRefused: (error: RoomError) => void;
}

export interface RoomLinkOptions extends RoomLinkEvents {
  realtimeUrl: string;
  identity: RoomIdentity | InPersonIdentity;
  tokens: TokenSource;
  nowMs?: () => number;
  /** For tests. */
  createSocket?: (url: string, auth: (give: (auth: RoomAuth) => void) => void) => RoomSocket;
}

const answerDeadlineMs = 8_000;
const rejoinDelayMs = 2_000;
/** Room tokens live 15 minutes: renew well before. */
const renewBeforeMs = 90_000;
const renewRetryMs = 15_000;

const finalCodes = new Set<ErrorCode>([
  'forbidden',
  'not_found',
  'consultation_ended',
  'care_consent_required',
  'conflict',
  'validation_failed',
  // No renewal adds the second factor: the person has to sign in with it.
  'second_factor_required',
]);
const tokenCodes = new Set<ErrorCode>(['token_expired', 'unauthenticated']);

/**
 * The line to one room: connects, joins, joins again after each drop, and keeps the token fresh.
 * What the room says is heard on `socket`.
 */
export class RoomLink {
  readonly socket: RoomSocket;
  readonly roomId: string;
  readonly userId: string;
  readonly #options: RoomLinkOptions;
  readonly #nowMs: () => number;
  #renewNext = false;
  #closed = false;
  /** A newer tab has the call: this line is not to take it back. */
  #moved = false;
  #renewTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RoomLinkOptions) {
    this.#options = options;
    this.roomId = options.identity.roomId;
    this.userId = options.identity.userId;
    this.#nowMs = options.nowMs ?? Date.now;
    const create = options.createSocket ?? connect;
    this.socket = create(options.realtimeUrl, (give) => void this.#authenticate(give));
    this.socket.on('connect', () => void this.#join());
    this.socket.on('call-moved', () => {
      this.#moved = true;
    });
    this.socket.on('disconnect', (reason) => {
      if (this.#moved) {
        this.close();
        return;
      }
      options.onLine('reconnecting');
      // After this reason the library leaves it to us.
      if (reason === 'io server disconnect') this.#connectLater({ renew: true });
    });
    this.socket.on('connect_error', (error) => {
      options.onLine('reconnecting');
      // A refusal by the service, not a broken line: the library does not try again by itself.
      if (!this.socket.active) this.#refusedToConnect(codeOf(error));
    });
    this.socket.connect();
  }

  /** Sends an event and waits for its acknowledgement. Throws RoomError. */
  async request<E extends EventName>(event: E, payload: Payload<E>): Promise<Success<E>> {
    const answer = await this.ask(event, payload);
    if (!answer.ok) throw new RoomError(answer.error.code, answer.error.message);
    return answer as Success<E>;
  }

  /** The bare acknowledgement; throws RoomError `no_answer` when the line is down or too slow. */
  async ask<E extends EventName>(event: E, payload: Payload<E>): Promise<AckOf<E>> {
    // Without a line the library would keep the event and send it at a time when it means nothing.
    if (!this.socket.connected) throw noAnswer();
    try {
      // socket.io's types do not follow a generic event name through its own mapped types.
      const emitter = this.socket.timeout(answerDeadlineMs) as unknown as {
        emitWithAck: (event: string, payload: unknown) => Promise<AckOf<E>>;
      };
      return await emitter.emitWithAck(event, payload);
    } catch {
      throw noAnswer();
    }
  }

  /** Gives a chunk of my microphone to the consultation. Throws RoomError `no_answer`. */
  sendChunk(chunk: MicrophoneChunk): Promise<AckOf<'audioChunk'>> {
    const { identity } = this.#options;
    const sound = { sampleRate: pcmSampleRate, ...chunk };
    return 'consultationId' in identity
      ? this.ask('audio-data', { consultationId: identity.consultationId, ...sound })
      : this.ask('audioChunk', { roomId: this.roomId, stream: 'microphone', ...sound });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#renewTimer);
    clearTimeout(this.#retryTimer);
    this.socket.removeAllListeners();
    this.socket.disconnect();
  }

  async #authenticate(give: (auth: RoomAuth) => void): Promise<void> {
    const renew = this.#renewNext;
    this.#renewNext = false;
    const token = await this.#options.tokens.get({ renew }).catch(() => null);
    if (this.#closed) return;
    give({ token: token ?? '', ...traceparentField() });
    if (token) this.#renewBefore(token);
  }

  async #join(): Promise<void> {
    try {
      const state = await this.#enter();
      this.#options.onLine('up');
      this.#options.onState(state);
    } catch (error) {
      if (!(error instanceof RoomError) || this.#closed) return;
      if (error.code !== 'no_answer' && finalCodes.has(error.code)) {
        this.#options.onRefused(error);
        return;
      }
      const renew = error.code !== 'no_answer' && tokenCodes.has(error.code);
      this.socket.disconnect();
      this.#connectLater({ renew });
    }
  }

  async #enter(): Promise<'joined' | 'waiting'> {
    const { identity } = this.#options;
    if (!('consultationId' in identity)) return (await this.request('join-room', identity)).state;
    await this.request('join-presential', { consultationId: identity.consultationId });
    return 'joined';
  }

  #refusedToConnect(code: ErrorCode | null): void {
    if (code && finalCodes.has(code)) {
      this.#options.onRefused(new RoomError(code, ''));
      return;
    }
    this.#connectLater({ renew: code === null || tokenCodes.has(code) });
  }

  #connectLater({ renew }: { renew: boolean }): void {
    this.#renewNext = renew;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => {
      if (!this.#closed) this.socket.connect();
    }, rejoinDelayMs);
  }

  #renewBefore(token: string): void {
    const expiresAtMs = expiryOf(token);
    if (expiresAtMs === null) return;
    this.#renewIn(Math.max(renewRetryMs, expiresAtMs - this.#nowMs() - renewBeforeMs));
  }

  #renewIn(delayMs: number): void {
    clearTimeout(this.#renewTimer);
    this.#renewTimer = setTimeout(() => void this.#renew(), delayMs);
  }

  async #renew(): Promise<void> {
    const token = await this.#options.tokens.get({ renew: true }).catch(() => null);
    if (this.#closed) return;
    if (token === null) return this.#renewIn(renewRetryMs);
    try {
      await this.request('renew-token', { token });
      this.#renewBefore(token);
    } catch {
      // The next connection brings a fresh token anyway.
      this.#renewIn(renewRetryMs);
    }
  }
}

/** `exp` of a JWT in milliseconds. Read for timing alone: the services verify. */
export function expiryOf(token: string): number | null {
  return numberClaim(token, 'exp');
}

/** `sub` of a JWT. Read to say who I am: the services verify. */
export function subjectOf(token: string): string | null {
  const value = claimsOf(token).sub;
  return typeof value === 'string' ? value : null;
}

function numberClaim(token: string, name: string): number | null {
  const value = claimsOf(token)[name];
  return typeof value === 'number' ? value * 1000 : null;
}

function claimsOf(token: string): Record<string, unknown> {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims: unknown = JSON.parse(atob(part));
    return claims !== null && typeof claims === 'object' ? { ...claims } : {};
  } catch {
    return {};
  }
}

function connect(url: string, auth: (give: (auth: RoomAuth) => void) => void): RoomSocket {
  return io(url, {
    transports: ['websocket', 'polling'],
    // Where only polling passes, a cookie of the entrance keeps all requests at one node.
    withCredentials: true,
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
    timeout: 8_000,
    auth,
  });
}

function noAnswer(): RoomError {
  return new RoomError('no_answer', 'A sala não respondeu. Verifique sua conexão.');
}

/** Middlewares of the service put `{ code }` into the error's data. */
function codeOf(error: Error & { data?: unknown }): ErrorCode | null {
  const { data } = error;
  if (data !== null && typeof data === 'object' && 'code' in data) return data.code as ErrorCode;
  return /^[a-z_]+$/.test(error.message) ? (error.message as ErrorCode) : null;
}
