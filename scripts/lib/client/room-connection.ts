import { setTimeout as delay } from 'node:timers/promises';
import type {
  Ack,
  ClientToServerEvents,
  RoomJoined,
  RoomRole,
  ServerToClientEvents,
} from '@medcall/shared-types';
import { io, type Socket } from 'socket.io-client';

export type RoomSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
type ClientEvent = keyof ClientToServerEvents;
type Payload<E extends ClientEvent> = Parameters<ClientToServerEvents[E]>[0];
type Answer<E extends ClientEvent> = Parameters<ClientToServerEvents[E]>[1] extends (
  answer: infer A,
) => void
  ? A
  : never;

/** Where each capture goes on. */
type Marks = Pick<RoomJoined, 'resume'>;

/** An event that the service refused, with its code. */
export class SocketRefusal extends Error {
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(event: string, error: { code: string; message: string; retryAfterMs?: number }) {
    super(`${event}: ${error.code}: ${error.message}`);
    this.name = 'SocketRefusal';
    this.code = error.code;
    this.retryAfterMs = error.retryAfterMs;
  }
}

export interface RoomConnectionOptions {
  realtimeUrl: string;
  roomId: string;
  /** Id of the consultation when it is in person: the doctor alone, with one microphone for both. */
  inPerson?: string;
  user: { id: string; name: string; role: RoomRole };
  /** Called at every connection and renewal: tokens are short-lived. */
  token: () => Promise<string>;
  /** Of each connection, as a traced page gives it. */
  traceparent?: (() => string) | undefined;
  requestTimeoutMs?: number;
  renewEveryMs?: number;
}

/**
 * One person in one room. Comes back by itself after a dropped line and joins again; each entry gives
 * `onJoined` the service's marks, from which the audio goes on.
 */
export class RoomConnection {
  readonly socket: RoomSocket;
  readonly #options: RoomConnectionOptions;
  readonly #renewal: NodeJS.Timeout;
  #joinedListeners: ((joined: Marks) => void)[] = [];

  constructor(options: RoomConnectionOptions) {
    this.#options = options;
    this.socket = io(options.realtimeUrl, {
      transports: ['websocket'],
      autoConnect: false,
      forceNew: true,
      reconnectionDelay: 250,
      reconnectionDelayMax: 2000,
      auth: (give) => {
        options.token().then(
          (token) =>
            give({ token, ...(options.traceparent ? { traceparent: options.traceparent() } : {}) }),
          // The service refuses an empty token with its own code; the next attempt asks again.
          () => give({ token: '' }),
        );
      },
    });
    this.socket.on('disconnect', (reason) => {
      // After the service's own word Socket.IO's client stays away; a new token may be all that is needed.
      if (reason === 'io server disconnect') setTimeout(() => this.socket.connect(), 500).unref();
    });
    for (const event of ['room-joined', 'presential-joined'] as const) {
      this.socket.on(event, ({ resume }: Marks) => {
        for (const listener of this.#joinedListeners) listener({ resume });
      });
    }
    this.#renewal = setInterval(() => void this.#renew(), options.renewEveryMs ?? 8 * 60_000);
    this.#renewal.unref();
  }

  onJoined(listener: (joined: Marks) => void): void {
    this.#joinedListeners.push(listener);
  }

  /** Connects and asks to enter. @throws SocketRefusal when the service says no, Error when it cannot be reached */
  async enter(): Promise<'joined' | 'waiting'> {
    await this.connect();
    const state = (await this.#join()).state;
    // From here on, every new connection enters again by itself.
    this.socket.on('connect', () => {
      this.#join().catch((error: unknown) => this.#joinFailed(error));
    });
    return state;
  }

  /** Connects without entering a room. */
  async connect(): Promise<void> {
    const socket = this.socket;
    await new Promise<void>((resolve, reject) => {
      const refused = (error: Error) => {
        socket.off('connect', connected);
        reject(new Error(`realtime: ${error.message}`, { cause: error }));
      };
      const connected = () => {
        socket.off('connect_error', refused);
        resolve();
      };
      socket.once('connect', connected);
      socket.once('connect_error', refused);
      socket.connect();
    });
  }

  /** Sends an event and waits for its acknowledgement. @throws SocketRefusal */
  async request<E extends ClientEvent>(
    event: E,
    payload: Payload<E>,
  ): Promise<Extract<Answer<E>, { ok: true }>> {
    const answer = await this.attempt(event, payload);
    if (answer.ok) return answer as Extract<Answer<E>, { ok: true }>;
    throw new SocketRefusal(event, answer.error);
  }

  /** Like `request`, with the refusal as a value. @throws Error when no answer comes in time */
  async attempt<E extends ClientEvent>(event: E, payload: Payload<E>): Promise<Ack> {
    const emit = this.socket.timeout(this.#options.requestTimeoutMs ?? 10_000) as unknown as {
      emitWithAck(name: string, body: unknown): Promise<Ack>;
    };
    return emit.emitWithAck(event, payload);
  }

  /** Resolves with the first such event that passes the test. @throws Error after the deadline */
  waitFor<E extends keyof ServerToClientEvents>(
    event: E,
    passes: (payload: Parameters<ServerToClientEvents[E]>[0]) => boolean = () => true,
    timeoutMs = 15_000,
  ): Promise<Parameters<ServerToClientEvents[E]>[0]> {
    // Socket.IO's typed listeners cannot be written for a generic event name.
    const emitter = this.socket as unknown as {
      on(name: string, listener: (payload: never) => void): void;
      off(name: string, listener: (payload: never) => void): void;
    };
    return new Promise((resolve, reject) => {
      const listener = (payload: Parameters<ServerToClientEvents[E]>[0]) => {
        if (!passes(payload)) return;
        clearTimeout(timer);
        emitter.off(event, listener);
        resolve(payload);
      };
      const timer = setTimeout(() => {
        emitter.off(event, listener);
        reject(new Error(`${event} did not come within ${timeoutMs} ms`));
      }, timeoutMs);
      emitter.on(event, listener);
    });
  }

  close(): void {
    clearInterval(this.#renewal);
    this.#joinedListeners = [];
    this.socket.disconnect();
  }

  async #join(): Promise<{ state: 'joined' | 'waiting' }> {
    const { inPerson, roomId, user } = this.#options;
    if (inPerson !== undefined) {
      await this.request('join-presential', { consultationId: inPerson });
      return { state: 'joined' };
    }
    return this.request('join-room', {
      roomId,
      userId: user.id,
      userName: user.name,
      role: user.role,
    });
  }

  async #joinFailed(error: unknown): Promise<void> {
    if (error instanceof SocketRefusal && error.code !== 'rate_limited') {
      // Nothing that waiting would change: the room is closed or no longer ours.
      this.close();
      return;
    }
    // No answer, or too many: a fresh connection tries again.
    await delay(500);
    if (this.socket.connected) this.socket.disconnect().connect();
  }

  async #renew(): Promise<void> {
    if (!this.socket.connected) return;
    try {
      await this.request('renew-token', { token: await this.#options.token() });
    } catch {
      // The service warns with token_expired and drops the line; the reconnection brings a new token.
      if (this.socket.connected) this.socket.disconnect().connect();
    }
  }
}
