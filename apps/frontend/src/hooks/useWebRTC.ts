'use client';
import type { Participant } from '@medcall/shared-types';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isPolite, type PeerDevices, PeerLink, type Signal } from '../lib/call/peer-link.ts';
import type { RoomLink } from '../lib/call/room-link.ts';

export interface RemotePeer {
  stream: MediaStream | null;
  state: RTCPeerConnectionState;
  devices: PeerDevices;
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
  /** False while my devices are still being asked for: offers would go out without them. */
  ready: boolean;
}

/** A media line that takes longer than this has lost something on the way. */
const patienceMs = 6_000;

const startingPeer: RemotePeer = {
  stream: null,
  state: 'new',
  devices: { microphone: true, camera: true },
};

/** One media line to each other person of the room. */
export function useWebRTC(options: UseWebRTCOptions): ReadonlyMap<string, RemotePeer> {
  const { link, self, participants, iceServers, audio, video, devices, ready } = options;
  const [peers, setPeers] = useState<ReadonlyMap<string, RemotePeer>>(new Map());
  const links = useRef(new Map<string, PeerLink>());
  const early = useRef(new Map<string, Signal[]>());
  const watchdogs = useRef(new Map<string, (state: RTCPeerConnectionState) => void>());
  const latest = useRef({ audio, video, devices });
  latest.current = { audio, video, devices };

  const update = useCallback((id: string, change: Partial<RemotePeer>) => {
    setPeers((known) => new Map(known).set(id, { ...(known.get(id) ?? startingPeer), ...change }));
  }, []);

  useEffect(() => {
    if (!link || !self || !ready) return;
    for (const other of participants) {
      if (links.current.has(other.id)) continue;
      const polite = isPolite(self, other);
      const tracks = [latest.current.audio, latest.current.video].filter((track) => track !== null);
      const peer = new PeerLink({
        polite,
        iceServers,
        local: new MediaStream(tracks),
        send: inOrder(link, other.id),
        onRemote: (stream) => update(other.id, { stream }),
        onState: (state) => {
          update(other.id, { state });
          watchdogs.current.get(other.id)?.(state);
        },
        onDevices: (there) => update(other.id, { devices: there }),
      });
      peer.setDevices(latest.current.devices);
      links.current.set(other.id, peer);
      watchdogs.current.set(other.id, watchdog(peer, polite ? 2 * patienceMs : patienceMs));
      for (const signal of early.current.get(other.id) ?? []) void peer.receive(signal);
      early.current.delete(other.id);
    }
    const present = new Set(participants.map(({ id }) => id));
    for (const [id, peer] of links.current) {
      if (present.has(id)) continue;
      peer.close();
      watchdogs.current.get(id)?.('closed');
      watchdogs.current.delete(id);
      links.current.delete(id);
      setPeers((known) => {
        const rest = new Map(known);
        rest.delete(id);
        return rest;
      });
    }
  }, [link, self, participants, iceServers, ready, update]);

  useEffect(() => {
    if (!link) return;
    const onSignal = ({ from, ...signal }: { from: string } & Record<string, unknown>) => {
      const received = signal as Signal;
      const peer = links.current.get(from);
      if (peer) void peer.receive(received);
      else early.current.set(from, [...(early.current.get(from) ?? []).slice(-50), received]);
    };
    const onJoined = () => {
      for (const peer of links.current.values()) peer.tryAgain();
    };
    link.socket.on('webrtc-signal', onSignal);
    link.socket.on('room-joined', onJoined);
    const [held, watching, waiting] = [links.current, watchdogs.current, early.current];
    return () => {
      link.socket.off('webrtc-signal', onSignal);
      link.socket.off('room-joined', onJoined);
      // Their signals went over this line: another line makes its own.
      for (const peer of held.values()) peer.close();
      for (const stop of watching.values()) stop('closed');
      held.clear();
      watching.clear();
      waiting.clear();
      setPeers(new Map());
    };
  }, [link]);

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

  return peers;
}

/** Signals go one after the other: a candidate that overtakes its offer is of no use. */
function inOrder(link: RoomLink, to: string): (signal: Signal) => void {
  let line: Promise<unknown> = Promise.resolve();
  return (signal) => {
    line = line
      .then(() => link.ask('webrtc-signal', { roomId: link.roomId, to, ...wire(signal) }))
      // A lost signal is made good by the next join or by the watchdog.
      .catch(() => {});
  };
}

/** Begins again when a media line does not come up in time. Told of each state. */
function watchdog(peer: PeerLink, delayMs: number): (state: RTCPeerConnectionState) => void {
  let timer = setInterval(() => peer.tryAgain(), delayMs);
  return (state) => {
    clearInterval(timer);
    if (state !== 'connected' && state !== 'closed') {
      timer = setInterval(() => peer.tryAgain(), delayMs);
    }
  };
}

/** Socket payloads hold plain objects: an RTCSessionDescription would arrive empty. */
function wire({ description, candidate }: Signal) {
  return {
    ...(description ? { description: { type: description.type, sdp: description.sdp ?? '' } } : {}),
    ...(candidate ? { candidate } : {}),
  };
}
