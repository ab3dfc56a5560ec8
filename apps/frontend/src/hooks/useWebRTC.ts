'use client';
import type { Participant } from '@medcall/shared-types';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { CallTrace } from '../lib/call/call-trace.ts';
import {
  type NetworkQuality,
  qualityOf,
  SteadyQuality,
  sampleOf,
} from '../lib/call/network-quality.ts';
import { isPolite } from '../lib/call/pairing.ts';
import type { PeerDevices } from '../lib/call/peer-devices.ts';
import { PeerLink } from '../lib/call/peer-link.ts';
import type { RoomLink } from '../lib/call/room-link.ts';
import { readSignal, type Signal } from '../lib/call/signal.ts';

export interface RemotePeer {
  stream: MediaStream | null;
  state: RTCPeerConnectionState;
  devices: PeerDevices;
  /** No media line for so long that the person is offered to try again. */
  stalled: boolean;
  /** Null before the first measurement. */
  quality: NetworkQuality | null;
}

export interface UseWebRTCOptions {
  link: RoomLink | null;
  /** Null until the room is joined. */
  self: Participant | null;
  participants: readonly Participant[];
  iceServers: RTCIceServer[];
  audio: MediaStreamTrack | null;
  /** Camera or screen. */
  video: MediaStreamTrack | null;
  devices: PeerDevices;
  /** False while my devices are still being asked for: a line that waits a little need not be negotiated twice. */
  ready: boolean;
}

export interface MediaLines {
  peers: ReadonlyMap<string, RemotePeer>;
  /** Builds the line to one person anew, at both ends. */
  retry: (id: string) => void;
}

/** A person who does not answer the browser's question about devices sees and hears the others all the same. */
const devicesWaitMs = 5_000;
const measureEveryMs = 3_000;
const mostEarly = 50;

const startingPeer: RemotePeer = {
  stream: null,
  state: 'new',
  devices: { microphone: true, camera: true },
  stalled: false,
  quality: null,
};

/** One media line to each other person of the room. */
export function useWebRTC(options: UseWebRTCOptions): MediaLines {
  const { link, self, participants, iceServers, audio, video, devices } = options;
  const [peers, setPeers] = useState<ReadonlyMap<string, RemotePeer>>(new Map());
  const links = useRef(new Map<string, PeerLink>());
  const early = useRef(new Map<string, Signal[]>());
  const trace = useRef<CallTrace | null>(null);
  const latest = useRef({ audio, video, devices });
  latest.current = { audio, video, devices };
  const mayStart = useOnceReady(options.ready, self !== null);

  const update = useCallback((id: string, change: Partial<RemotePeer>) => {
    setPeers((known) => new Map(known).set(id, { ...(known.get(id) ?? startingPeer), ...change }));
  }, []);

  useEffect(() => {
    const present = new Set(participants.map(({ id }) => id));
    for (const [id, peer] of links.current) {
      if (present.has(id)) continue;
      peer.close();
      links.current.delete(id);
      setPeers((known) => new Map([...known].filter(([other]) => other !== id)));
    }
    if (!link || !self || !mayStart) return;
    for (const other of participants) {
      if (links.current.has(other.id)) continue;
      const tracks = [latest.current.audio, latest.current.video].filter((track) => track !== null);
      trace.current?.add(other.id, {
        what: 'devices',
        value: tracks.map(({ kind }) => kind).join(' ') || 'none',
      });
      const peer = new PeerLink({
        polite: isPolite(self, other),
        iceServers,
        local: new MediaStream(tracks),
        send: sender(link, other.id),
        onRemote: (stream) => update(other.id, { stream }),
        onState: (state) => update(other.id, { state }),
        onDevices: (there) => update(other.id, { devices: there }),
        onStalled: (stalled) => update(other.id, { stalled }),
        onStep: (step) => trace.current?.add(other.id, step),
      });
      peer.setDevices(latest.current.devices);
      links.current.set(other.id, peer);
      for (const signal of early.current.get(other.id) ?? []) void peer.receive(signal);
      early.current.delete(other.id);
    }
  }, [link, self, participants, iceServers, mayStart, update]);

  useLine(link, { links, early, trace, onClosed: setPeers });

  useEffect(() => {
    for (const peer of links.current.values()) peer.setIceServers(iceServers);
  }, [iceServers]);

  useEffect(() => {
    for (const peer of links.current.values()) void peer.setTrack('audio', audio);
  }, [audio]);

  useEffect(() => {
    for (const peer of links.current.values()) void peer.setTrack('video', video);
  }, [video]);

  const { microphone, camera } = devices;
  useEffect(() => {
    for (const peer of links.current.values()) peer.setDevices({ microphone, camera });
  }, [microphone, camera]);

  useEffect(() => measure(links.current, (id, quality) => update(id, { quality })), [update]);

  const retry = useCallback((id: string) => links.current.get(id)?.rebuild(), []);
  return { peers, retry };
}

interface Held {
  links: RefObject<Map<string, PeerLink>>;
  early: RefObject<Map<string, Signal[]>>;
  trace: RefObject<CallTrace | null>;
  onClosed: (peers: ReadonlyMap<string, RemotePeer>) => void;
}

/** Hands the room's signals to the links, and ends these with the line that they went over. */
function useLine(link: RoomLink | null, { links, early, trace, onClosed }: Held): void {
  useEffect(() => {
    if (!link) return;
    trace.current = new CallTrace({
      send: (entries) => link.request('call-trace', { roomId: link.roomId, entries }),
    });
    const onSignal = ({ from, ...event }: { from: string } & Record<string, unknown>) => {
      const signal = readSignal(event);
      if (!signal) return;
      const peer = links.current.get(from);
      if (peer) void peer.receive(signal);
      else early.current.set(from, [...(early.current.get(from) ?? []), signal].slice(-mostEarly));
    };
    // Mine or theirs was down: what was sent meanwhile is lost.
    const onJoined = () => {
      for (const peer of links.current.values()) peer.rejoined();
    };
    const onOther = ({ participant }: { participant: Participant }) => {
      if (participant.state === 'joined') links.current.get(participant.id)?.rejoined();
    };
    link.socket.on('webrtc-signal', onSignal);
    link.socket.on('room-joined', onJoined);
    link.socket.on('user-joined', onOther);
    const [held, waiting] = [links.current, early.current];
    return () => {
      link.socket.off('webrtc-signal', onSignal);
      link.socket.off('room-joined', onJoined);
      link.socket.off('user-joined', onOther);
      trace.current?.close();
      // Their signals went over this line: another line makes its own.
      for (const peer of held.values()) peer.close();
      held.clear();
      waiting.clear();
      onClosed(new Map());
    };
  }, [link, links, early, trace, onClosed]);
}

/** True from the moment when the devices are there, or do not come; it stays true. */
function useOnceReady(ready: boolean, joined: boolean): boolean {
  const [once, setOnce] = useState(false);
  useEffect(() => {
    if (once || !joined) return;
    if (ready) {
      setOnce(true);
      return;
    }
    const timer = setTimeout(() => setOnce(true), devicesWaitMs);
    return () => clearTimeout(timer);
  }, [once, ready, joined]);
  return once;
}

/** Looks at each line's counters from time to time. @returns what ends it */
function measure(
  links: ReadonlyMap<string, PeerLink>,
  onQuality: (id: string, quality: NetworkQuality) => void,
): () => void {
  const known = new Map<
    string,
    { counts: { received: number; lost: number }; word: SteadyQuality }
  >();
  async function look(): Promise<void> {
    for (const [id, peer] of links) {
      const report = await peer.stats();
      if (!report || !links.has(id)) continue;
      const before = known.get(id) ?? {
        counts: { received: 0, lost: 0 },
        word: new SteadyQuality(),
      };
      const { sample, counts } = sampleOf(report.values(), before.counts);
      known.set(id, { counts, word: before.word });
      if (counts.received > 0) onQuality(id, before.word.next(qualityOf(sample)));
    }
  }
  const timer = setInterval(() => {
    // A connection that closes meanwhile has no counters.
    look().catch(() => {});
  }, measureEveryMs);
  return () => clearInterval(timer);
}

/**
 * Signals do not wait for each other's acknowledgement: on a slow machine a dozen candidates would then
 * hold up the answer for seconds. One that overtakes another, or is lost, is made good by the link.
 */
function sender(link: RoomLink, to: string): (signal: Signal) => void {
  return (signal) => {
    link.ask('webrtc-signal', { roomId: link.roomId, to, ...wire(signal) }).catch(() => {});
  };
}

/** Socket payloads hold plain objects: an RTCSessionDescription would arrive empty. */
function wire({ description, candidate, pairing }: Signal) {
  return {
    ...(description ? { description: { type: description.type, sdp: description.sdp ?? '' } } : {}),
    ...(candidate ? { candidate } : {}),
    ...(pairing ? { pairing } : {}),
  };
}
