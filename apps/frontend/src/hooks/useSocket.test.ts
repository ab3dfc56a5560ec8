// @vitest-environment jsdom
import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderHook } from '#lib/testing/render-hook.ts';
import { RoomError } from '../lib/call/room-link.ts';
import { createConsultationStore } from '../store/consultationStore.ts';
import type { RoomIdentity } from '../types/consultation.ts';
import { phaseOfRefusal, useSocket } from './useSocket.ts';

interface Opened {
  identity: RoomIdentity;
  onState: (state: 'waiting' | 'joined') => void;
  onRefused: (error: RoomError) => void;
  closed: boolean;
}
const lines = vi.hoisted(() => ({ opened: [] as Opened[] }));

vi.mock('../lib/call/wire-room.ts', () => ({ wireRoom: () => undefined }));
vi.mock('../lib/call/room-link.ts', async (real) => ({
  ...(await real<typeof import('../lib/call/room-link.ts')>()),
  RoomLink: class {
    readonly socket = {};
    readonly #line: Opened;
    constructor(options: Omit<Opened, 'closed'>) {
      this.#line = { ...options, closed: false };
      lines.opened.push(this.#line);
    }
    close() {
      this.#line.closed = true;
    }
  },
}));

beforeEach(() => {
  lines.opened = [];
});

const identity: RoomIdentity = { roomId: 'r', userId: 'u', userName: 'Ana', role: 'patient' };
const options = (who: RoomIdentity | null, store = createConsultationStore()) => ({
  realtimeUrl: 'http://realtime.test',
  identity: who,
  tokens: {} as Parameters<typeof useSocket>[0]['tokens'],
  store,
});

it('no line is opened before it is known who somebody is, one then, and none is left behind', async () => {
  const given = options(null);
  const hook = await renderHook(useSocket, given);
  expect(hook.result).toBeNull();
  expect(lines.opened).toEqual([]);

  await hook.render({ ...given, identity });
  expect(hook.result).not.toBeNull();
  await hook.render({ ...given, identity });
  expect(lines.opened).toHaveLength(1);

  await hook.render({ ...given, identity: { ...identity, roomId: 'other' } });
  expect(lines.opened.map(({ closed }) => closed)).toEqual([true, false]);
  await hook.leave();
  expect(lines.opened.map(({ closed }) => closed)).toEqual([true, true]);
});

it('what the room answers is where the page stands', async () => {
  const given = options(identity);
  await renderHook(useSocket, given);
  const [line] = lines.opened;
  act(() => line?.onState('waiting'));
  expect(given.store.getState().phase).toEqual({ kind: 'waiting' });
  act(() => line?.onRefused(new RoomError('care_consent_required', '')));
  expect(given.store.getState().phase).toEqual({ kind: 'consent-needed' });
});

it('a refusal has a Portuguese sentence, its own or that of its code, and an end is no refusal', () => {
  expect(phaseOfRefusal(new RoomError('consultation_ended', 'x'))).toMatchObject({ kind: 'ended' });
  expect(phaseOfRefusal(new RoomError('forbidden', 'x'))).toMatchObject({
    kind: 'refused',
    message: expect.stringMatching(/consulta/i),
  });
  expect(phaseOfRefusal(new RoomError('not_found', 'Sala encerrada.'))).toEqual({
    kind: 'refused',
    message: 'Sala encerrada.',
  });
  expect(phaseOfRefusal(new RoomError('not_found', ''))).toMatchObject({
    message: expect.stringMatching(/\p{L}{3}/u),
  });
});
