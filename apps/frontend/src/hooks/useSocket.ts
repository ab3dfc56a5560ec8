'use client';
import { errorFaces } from '@medcall/shared-types';
import { useEffect, useState } from 'react';
import { type RoomError, RoomLink, type TokenSource } from '../lib/call/room-link.ts';
import { wireRoom } from '../lib/call/wire-room.ts';
import { callMessages } from '../messages/call.ts';
import type { ConsultationStore } from '../store/consultationStore.ts';
import type { InPersonIdentity, RoomIdentity, RoomPhase } from '../types/consultation.ts';

export interface UseSocketOptions {
  realtimeUrl: string;
  /** Null while it is not known yet who I am: no line is opened. */
  identity: RoomIdentity | InPersonIdentity | null;
  tokens: TokenSource;
  store: ConsultationStore;
}

/** Keeps the line to a room for as long as the component lives. `identity` must keep its reference. */
export function useSocket({
  realtimeUrl,
  identity,
  tokens,
  store,
}: UseSocketOptions): RoomLink | null {
  const [link, setLink] = useState<RoomLink | null>(null);

  useEffect(() => {
    if (!identity) return;
    const { setPhase, setLine } = store.getState();
    const opened = new RoomLink({
      realtimeUrl,
      identity,
      tokens,
      onLine: setLine,
      onState: (state) => {
        // `room-joined` says the rest for those inside, and may have come before the acknowledgement.
        if (state === 'waiting') setPhase({ kind: 'waiting' });
      },
      onRefused: (error) => setPhase(phaseOfRefusal(error)),
    });
    wireRoom(opened.socket, store);
    setLink(opened);
    return () => {
      opened.close();
      setLink(null);
    };
  }, [realtimeUrl, identity, tokens, store]);

  return link;
}

/** What a final refusal means for the screen. */
export function phaseOfRefusal({ code, message }: RoomError): RoomPhase {
  if (code === 'consultation_ended') return { kind: 'ended', endedAt: null, pendingSeconds: 0 };
  if (code === 'care_consent_required') return { kind: 'consent-needed' };
  if (code === 'forbidden') return { kind: 'refused', message: callMessages.refused.notMine };
  const face = code === 'no_answer' ? '' : errorFaces[code].message;
  return { kind: 'refused', message: message || face };
}
