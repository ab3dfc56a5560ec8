// @vitest-environment jsdom
import type { Participant } from '@medcall/shared-types';
import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderHook } from '#lib/testing/render-hook.ts';
import type { RoomLink } from '../lib/call/room-link.ts';
import { type UseWebRTCOptions, useWebRTC } from './useWebRTC.ts';

interface Line {
  did: string[];
  options: { onRemote: (stream: unknown) => void; onStalled: (stalled: boolean) => void };
}
const call = vi.hoisted(() => ({ lines: [] as Line[] }));

vi.mock('../lib/call/call-trace.ts', () => ({
  CallTrace: class {
    add = () => undefined;
    close = () => undefined;
  },
}));
vi.mock('../lib/call/peer-link.ts', () => ({
  PeerLink: class {
    readonly #did: string[] = [];
    constructor(options: Line['options']) {
      call.lines.push({ did: this.#did, options });
    }
    setDevices = () => undefined;
    setIceServers = () => undefined;
    setTrack = async (kind: string, track: unknown) => {
      this.#did.push(`${kind} ${track === null ? 'off' : 'on'}`);
    };
    receive = async ({ candidate }: { candidate?: { candidate: string } }) => {
      this.#did.push(`takes ${candidate?.candidate}`);
    };
    rejoined = () => this.#did.push('rejoined');
    rebuild = () => this.#did.push('rebuilt');
    stats = async () => null;
    close = () => this.#did.push('closed');
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', class {});
  call.lines = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const person = (id: string, role: string) =>
  ({ id, role, name: id, state: 'joined' }) as unknown as Participant;
const doctor = person('d', 'doctor');
const patient = person('p', 'patient');
const guest = person('g', 'guest');

function aRoom() {
  const heard = new Map<string, (event: never) => void>();
  const socket = {
    on: (event: string, handle: (event: never) => void) => heard.set(event, handle),
    off: (event: string) => heard.delete(event),
  };
  const request = async () => undefined;
  const link = { roomId: 'r', socket, request, ask: request } as unknown as RoomLink;
  return { link, says: (event: string, body: unknown) => heard.get(event)?.(body as never) };
}

function optionsFor(link: RoomLink): UseWebRTCOptions {
  return {
    link,
    self: doctor,
    participants: [patient],
    iceServers: [],
    audio: null,
    video: null,
    devices: { microphone: false, camera: false },
    ready: true,
  };
}

const signal = (n: number) => ({ from: 'p', candidate: { candidate: `c${n}`, sdpMid: '0' } });

it('each other person has one line, which ends when that person goes', async () => {
  const given = optionsFor(aRoom().link);
  const hook = await renderHook(useWebRTC, given);
  await hook.render({ ...given, participants: [patient, guest] });
  expect(call.lines).toHaveLength(2);
  act(() => call.lines[0]?.options.onStalled(true));
  expect(hook.result.peers.get('p')?.stalled).toBe(true);

  await hook.render({ ...given, participants: [guest] });
  expect(call.lines.map(({ did }) => did.includes('closed'))).toEqual([true, false]);
  expect(hook.result.peers.has('p')).toBe(false);
});

it('devices that nobody allows do not keep people apart for longer than five seconds', async () => {
  const given = { ...optionsFor(aRoom().link), ready: false };
  await renderHook(useWebRTC, given);
  await act(() => vi.advanceTimersByTimeAsync(4_900));
  expect(call.lines).toEqual([]);
  await act(() => vi.advanceTimersByTimeAsync(200));
  expect(call.lines).toHaveLength(1);
});

it('what the other side signals before there is a line waits for it, in its order', async () => {
  const { link, says } = aRoom();
  const given: UseWebRTCOptions = { ...optionsFor(link), participants: [] };
  const hook = await renderHook(useWebRTC, given);
  says('webrtc-signal', signal(1));
  says('webrtc-signal', signal(2));
  await hook.render({ ...given, participants: [patient] });
  says('webrtc-signal', signal(3));
  const taken = call.lines[0]?.did.filter((what) => what.startsWith('takes'));
  expect(taken).toEqual(['takes c1', 'takes c2', 'takes c3']);
});

it('a camera that comes later goes out on every line, and "tentar de novo" builds that one anew', async () => {
  const given = { ...optionsFor(aRoom().link), participants: [patient, guest] };
  const hook = await renderHook(useWebRTC, given);
  await hook.render({ ...given, video: { kind: 'video' } as MediaStreamTrack });
  hook.result.retry('g');
  expect(call.lines.map(({ did }) => did.at(-1))).toEqual(['video on', 'rebuilt']);
  expect(call.lines[1]?.did).toContain('video on');
});

it('after a drop the lines know it, and another room takes none of them over', async () => {
  const { link, says } = aRoom();
  const given = optionsFor(link);
  const hook = await renderHook(useWebRTC, given);
  says('room-joined', {});
  says('user-joined', { participant: patient });
  expect(call.lines[0]?.did.filter((what) => what === 'rejoined')).toHaveLength(2);
  await hook.render({ ...given, link: aRoom().link });
  expect(call.lines[0]?.did).toContain('closed');
  await hook.leave();
});
