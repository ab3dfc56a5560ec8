'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { rememberedInvitation } from '#lib/call/invitation-memory.ts';
import { Connecting } from './connecting.tsx';
import { NeedInvite } from './need-invite.tsx';

// Each side loads its own code only.
const DoctorEntry = lazy(() =>
  import('./doctor/doctor-entry.tsx').then((module) => ({ default: module.DoctorEntry })),
);
const PatientEntry = lazy(() =>
  import('./patient/patient-entry.tsx').then((module) => ({ default: module.PatientEntry })),
);

/** An invitation in this tab opens the patient's side, a session the doctor's. */
export function CallEntry({ roomId, signedIn }: { roomId: string; signedIn: boolean }) {
  const [invitation, setInvitation] = useState<string | null | undefined>(undefined);
  useEffect(() => setInvitation(rememberedInvitation(roomId)), [roomId]);
  if (invitation === undefined) return <Connecting />;
  if (invitation === null && !signedIn) return <NeedInvite roomId={roomId} />;
  return (
    <Suspense fallback={<Connecting />}>
      {invitation === null ? (
        <DoctorEntry roomId={roomId} />
      ) : (
        <PatientEntry roomId={roomId} invitation={invitation} />
      )}
    </Suspense>
  );
}
