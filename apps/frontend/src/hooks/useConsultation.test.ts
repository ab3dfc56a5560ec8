// @vitest-environment jsdom
import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderHook } from '#lib/testing/render-hook.ts';
import { RoomError, type RoomLink } from '../lib/call/room-link.ts';
import { useConsultation } from './useConsultation.ts';
import type { LocalMedia } from './useLocalMedia.ts';

const room = vi.hoisted(() => ({
  link: null as unknown,
  asked: [] as unknown[],
  closed: 0,
  refuse: null as unknown,
  backlogMs: 0,
  lines: [] as { participants: readonly unknown[]; video: unknown }[],
}));

vi.mock('./useSocket.ts', () => ({ useSocket: () => room.link }));
vi.mock('./useWebRTC.ts', () => ({
  useWebRTC: (options: (typeof room.lines)[number]) => {
    room.lines.push(options);
    return { peers: new Map(), retry: () => undefined };
  },
}));
vi.mock('./useTranscription.ts', () => ({
  useTranscription: () => ({ backlogMs: room.backlogMs, trouble: null }),
}));

const link = {
  roomId: 'r',
  async request(event: string, body: unknown) {
    room.asked.push([event, body]);
    if (room.refuse) throw room.refuse;
  },
  close: () => {
    room.closed += 1;
  },
} as unknown as RoomLink;

beforeEach(() =>
  Object.assign(room, { link, asked: [], closed: 0, refuse: null, backlogMs: 0, lines: [] }),
);

const camera = { kind: 'video' } as MediaStreamTrack;
const screen = { kind: 'video' } as MediaStreamTrack;
const media = {
  status: 'ready',
  audio: null,
  video: camera,
  microphoneOn: true,
  cameraOn: true,
} as unknown as LocalMedia;
const options = {
  realtimeUrl: 'http://realtime.test',
  identity: { roomId: 'r', userId: 'u', userName: 'Ana', role: 'doctor' as const },
  tokens: {} as Parameters<typeof useConsultation>[0]['tokens'],
  media,
};
const guest = { id: 'g', name: 'Rui', role: 'guest', state: 'waiting' } as never;

it('whoever was admitted or turned away waits no more, and after a refusal still does', async () => {
  const { result } = await renderHook(useConsultation, options);
  act(() => result.store.setState({ waiting: [guest] }));
  room.refuse = new RoomError('no_answer', 'Sem resposta.');
  await expect(result.actions.admit('g')).rejects.toThrow('Sem resposta.');
  expect(result.store.getState().waiting).toHaveLength(1);
  room.refuse = null;
  await act(() => result.actions.deny('g'));
  expect(result.store.getState().waiting).toEqual([]);
  expect(room.asked.at(-1)).toEqual(['deny-participant', { roomId: 'r', participantId: 'g' }]);
});

it('a patient who has not agreed is no failure: the call goes on without a transcript', async () => {
  const { result } = await renderHook(useConsultation, options);
  room.refuse = new RoomError('ai_consent_required', 'x');
  await act(() => result.actions.startTranscription());
  expect(result.store.getState().transcription).toEqual({ kind: 'not-allowed' });
  room.refuse = new RoomError('unavailable', 'x');
  await expect(result.actions.startTranscription()).rejects.toThrow();
});

it('before the room has answered, a deed says so', async () => {
  room.link = null;
  const { result } = await renderHook(useConsultation, options);
  await expect(result.actions.end()).rejects.toThrow('A sala ainda não respondeu.');
});

it('a call that went on in another tab keeps no line to people, and its room only until all was handed over', async () => {
  room.backlogMs = 200;
  const hook = await renderHook(useConsultation, options);
  const { store } = hook.result;
  await act(async () => store.setState({ participants: [guest], phase: { kind: 'elsewhere' } }));
  expect(room.lines.at(-1)?.participants).toEqual([]);
  expect(room.closed).toBe(0);
  room.backlogMs = 0;
  await hook.render({ ...options });
  expect(room.closed).toBe(1);
});

it('a shared screen is sent in the place of the camera', async () => {
  const hook = await renderHook(useConsultation, options);
  expect(room.lines.at(-1)?.video).toBe(camera);
  await hook.render({ ...options, screen } as typeof options);
  expect(room.lines.at(-1)?.video).toBe(screen);
});
