import type { Ack } from '@medcall/shared-types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tracePages } from '../page-trace.ts';
import {
  expiryOf,
  RoomError,
  RoomLink,
  type RoomSocket,
  subjectOf,
  type TokenSource,
} from './room-link.ts';

const nowMs = Date.UTC(2026, 10, 23, 12);

function aToken(lifeMs: number, name = 't'): string {
  const claims = { sub: 'u1', exp: (nowMs + lifeMs) / 1000, name };
  return `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
}

/** As much of socket.io's client as the link uses; the test plays the service. */
interface Auth {
  token: string;
  traceparent?: string;
}

class FakeSocket {
  connected = false;
  active = true;
  connects = 0;
  tokens: string[] = [];
  sent: { event: string; payload: unknown }[] = [];
  answers: Record<string, () => Promise<Ack>> = {};
  readonly #listeners = new Map<string, (argument?: unknown) => void>();
  traceparents: (string | undefined)[] = [];
  readonly #auth: (give: (auth: Auth) => void) => void;

  constructor(auth: (give: (auth: Auth) => void) => void) {
    this.#auth = auth;
  }

  on(event: string, listener: (argument?: unknown) => void) {
    this.#listeners.set(event, listener);
    return this;
  }
  removeAllListeners() {
    this.#listeners.clear();
  }
  connect() {
    this.connects += 1;
    this.#auth(({ token, traceparent }) => {
      this.tokens.push(token);
      this.traceparents.push(traceparent);
    });
  }
  disconnect() {
    this.connected = false;
  }
  timeout() {
    return {
      emitWithAck: (event: string, payload: unknown) => {
        this.sent.push({ event, payload });
        return this.answers[event]?.() ?? Promise.reject(new Error('timeout'));
      },
    };
  }
  async say(event: string, argument?: unknown): Promise<void> {
    this.connected = event === 'connect';
    this.#listeners.get(event)?.(argument);
    await vi.advanceTimersByTimeAsync(0);
  }
}

const identity = { roomId: 'sala-1234', userId: 'u1', userName: 'Ana', role: 'patient' as const };

async function aLink(get: TokenSource['get'] = async () => aToken(15 * 60_000)) {
  const events = { onState: vi.fn(), onLine: vi.fn(), onRefused: vi.fn() };
  const tokens = { get: vi.fn(get) };
  let socket: FakeSocket | undefined;
  const link = new RoomLink({
    ...events,
    realtimeUrl: 'http://r',
    identity,
    tokens,
    nowMs: () => nowMs,
    createSocket: (_url, auth) => {
      socket = new FakeSocket(auth);
      return socket as unknown as RoomSocket;
    },
  });
  if (!socket) throw new Error('the link made no socket');
  socket.answers['join-room'] = async () => ({ ok: true, state: 'joined' }) as Ack;
  await vi.advanceTimersByTimeAsync(0);
  return { link, socket, tokens, ...events };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('RoomLink', () => {
  it('joins at each connection, so that a dropped line comes back by itself', async () => {
    const { socket, onState, onLine } = await aLink();
    await socket.say('connect');
    await socket.say('disconnect', 'transport close');
    expect(onLine).toHaveBeenLastCalledWith('reconnecting');
    await socket.say('connect');
    expect(socket.sent.map(({ event }) => event)).toEqual(['join-room', 'join-room']);
    expect(socket.sent[0]?.payload).toEqual(identity);
    expect(onState).toHaveBeenCalledWith('joined');
    expect(onLine).toHaveBeenLastCalledWith('up');
  });

  it('says which trace it belongs to where pages are traced', async () => {
    vi.stubGlobal('window', { location: { pathname: '/call/sala-1234' } });
    try {
      tracePages(true);
      const { socket } = await aLink();
      expect(socket.traceparents).toEqual([
        expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
      ]);
    } finally {
      tracePages(false);
      vi.unstubAllGlobals();
    }
  });

  it('does not take the call back from a newer tab when its own line drops', async () => {
    const { socket } = await aLink();
    await socket.say('connect');
    await socket.say('call-moved');
    await socket.say('disconnect', 'io server disconnect');
    await vi.advanceTimersByTimeAsync(60_000);
    await socket.say('connect');
    expect(socket.connects).toBe(1);
    expect(socket.sent.map(({ event }) => event)).toEqual(['join-room']);
  });

  it.each(['care_consent_required', 'second_factor_required'] as const)(
    'tells a final refusal (%s) once and does not knock again',
    async (code) => {
      const { socket, onRefused } = await aLink();
      socket.answers['join-room'] = async () => ({
        ok: false,
        error: { code, message: 'Falta algo.' },
      });
      await socket.say('connect');
      await vi.advanceTimersByTimeAsync(60_000);
      expect(onRefused).toHaveBeenCalledOnce();
      expect(onRefused.mock.calls[0]?.[0]).toMatchObject({ code });
      expect(socket.connects).toBe(1);
    },
  );

  it('comes back with a new token when the service says that the old one has expired', async () => {
    const { socket, tokens } = await aLink();
    const expired = Object.assign(new Error('token_expired'), { data: { code: 'token_expired' } });
    socket.active = false;
    await socket.say('connect_error', expired);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(socket.connects).toBe(2);
    expect(tokens.get).toHaveBeenLastCalledWith({ renew: true });
  });

  it('leaves a broken line to the library', async () => {
    const { socket } = await aLink();
    socket.active = true;
    await socket.say('connect_error', new Error('xhr poll error'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(socket.connects).toBe(1);
  });

  it('renews the token before it runs out, without a new connection', async () => {
    let count = 0;
    const { socket } = await aLink(async () => {
      count += 1;
      return aToken(15 * 60_000, `t${count}`);
    });
    socket.answers['renew-token'] = async () => ({ ok: true });
    await socket.say('connect');
    await vi.advanceTimersByTimeAsync(14 * 60_000);
    const renewals = socket.sent.filter(({ event }) => event === 'renew-token');
    expect(renewals).toHaveLength(1);
    expect(socket.connects).toBe(1);
  });

  it('keeps nothing for later: an event without a line is refused at once', async () => {
    const { link, socket } = await aLink();
    await expect(link.request('leave-room', { roomId: 'sala-1234' })).rejects.toThrow(RoomError);
    expect(socket.sent).toEqual([]);
  });

  it('asks for no token and makes no join once it is closed', async () => {
    const { link, socket, tokens } = await aLink();
    await socket.say('connect');
    link.close();
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    expect(tokens.get).toHaveBeenCalledTimes(1);
  });
});

describe('claims read for timing', () => {
  it('reads subject and expiry, names in UTF-8 included', () => {
    const token = aToken(60_000, 'Conceição');
    expect(expiryOf(token)).toBe(nowMs + 60_000);
    expect(subjectOf(token)).toBe('u1');
  });

  it('takes rubbish for no claim', () => {
    expect(expiryOf('rubbish')).toBeNull();
    expect(subjectOf('a.b.c')).toBeNull();
  });
});
