'use client';
import { useEffect, useState } from 'react';
import { rememberedInvitation } from '#lib/call/invitation-memory.ts';
import { Connecting } from '../connecting.tsx';
import { NeedInvite } from '../need-invite.tsx';
import { PatientEntry } from './patient-entry.tsx';

/** The room for who has an invitation in this tab; else the words that one is needed. */
export function GuestEntry({ roomId }: { roomId: string }) {
  const [invitation, setInvitation] = useState<string | null | undefined>(undefined);
  useEffect(() => setInvitation(rememberedInvitation(roomId)), [roomId]);
  if (invitation === undefined) return <Connecting />;
  return invitation === null ? (
    <NeedInvite roomId={roomId} />
  ) : (
    <PatientEntry roomId={roomId} invitation={invitation} />
  );
}
