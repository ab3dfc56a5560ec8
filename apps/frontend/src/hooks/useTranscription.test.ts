// @vitest-environment jsdom
import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderHook } from '#lib/testing/render-hook.ts';
import type { RoomLink } from '../lib/call/room-link.ts';
import { createConsultationStore } from '../store/consultationStore.ts';
import { useTranscription } from './useTranscription.ts';

const seen = vi.hoisted(() => ({
  did: [] as string[],
  push: null as null | ((level: number) => void),
}));

vi.mock('../lib/audio/indexed-chunk-store.ts', () => ({ openChunkStore: async () => ({}) }));
vi.mock('../lib/audio/audio-uploader.ts', () => ({
  AudioUploader: class {
    readonly #options: { onBacklog: (ms: number) => void; onRefused: (code: string) => void };
    constructor(options: { onBacklog: (ms: number) => void; onRefused: (code: string) => void }) {
      this.#options = options;
    }
    restore = async () => undefined;
    joined = () => seen.did.push('joined');
    lineDown = () => seen.did.push('line down');
    begin = () => seen.did.push('begin');
    end = () => seen.did.push('end');
    discard = async () => {
      seen.did.push('discard');
    };
    close = () => seen.did.push('close');
    push(pcm: ArrayBuffer) {
      const loud = new Int16Array(pcm).some((sample) => sample !== 0);
      seen.did.push(loud ? 'voice' : 'silence');
      this.#options.onBacklog(100);
      this.#options.onRefused('storage_full');
    }
  },
}));
vi.mock('../lib/audio/capture-handover.ts', () => ({
  CaptureHandover: class {
    constructor(options: { push: (pcm: ArrayBuffer, atMs: number) => void }) {
      seen.push = (level) => options.push(new Int16Array(1_600).fill(level).buffer, 0);
    }
    switchTo = async () => {
      seen.did.push('listens');
    };
    stop = () => seen.did.push('stops');
  },
}));

beforeEach(() => {
  seen.did = [];
  seen.push = null;
});

const link = { roomId: 'r', userId: 'u', sendChunk: async () => undefined } as unknown as RoomLink;
const track = {} as MediaStreamTrack;
const self = { id: 'p', name: 'Ana', role: 'patient', state: 'joined' } as const;

async function aPage(enabled = true) {
  const store = createConsultationStore();
  const given = { link, store, track, microphoneOn: true, enabled };
  const hook = await renderHook(useTranscription, given);
  const join = () =>
    act(async () => store.setState({ phase: { kind: 'joined', self: self as never }, resume: {} }));
  const transcribes = (on: boolean) =>
    act(async () =>
      store.getState().setTranscription(on ? { kind: 'on', engine: null } : { kind: 'off' }),
    );
  return { given, hook, join, store, transcribes };
}

it('listens only while the room transcribes, and keeps nothing where it does not', async () => {
  const { join, transcribes } = await aPage();
  await join();
  expect(seen.did).toEqual(['discard']);
  seen.did = [];
  await transcribes(true);
  expect(seen.did).toEqual(['joined', 'listens']);
  seen.did = [];
  await transcribes(false);
  expect(seen.did).toEqual(['stops', 'discard']);
});

it('a muted microphone sends silence and no voice', async () => {
  const { given, hook, join, transcribes } = await aPage();
  await join();
  await transcribes(true);
  seen.did = [];
  act(() => seen.push?.(900));
  await hook.render({ ...given, microphoneOn: false });
  act(() => seen.push?.(900));
  expect(seen.did[0]).toBe('voice');
  expect(seen.did.slice(1)).not.toContain('voice');
});

it('what waits and what was refused is told, in words', async () => {
  const { hook, join, transcribes } = await aPage();
  await join();
  await transcribes(true);
  act(() => seen.push?.(900));
  expect(hook.result.backlogMs).toBe(100);
  expect(hook.result.trouble).toMatch(/\p{L}{3}/u);
});

it('each join says anew where the service stands, a lost line is known, and a page that is left closes', async () => {
  const { hook, join, store, transcribes } = await aPage();
  await join();
  await transcribes(true);
  seen.did = [];
  await act(async () => store.getState().setLine('reconnecting'));
  await act(async () => store.setState({ line: 'up', resume: { c: { nextSeq: 7 } } }));
  expect(seen.did).toEqual(['line down', 'joined']);
  await hook.leave();
  expect(seen.did).toContain('close');
});

it('a guest who did not agree is not recorded at all', async () => {
  const { join, transcribes } = await aPage(false);
  await join();
  await transcribes(true);
  expect(seen.did).toEqual([]);
});
