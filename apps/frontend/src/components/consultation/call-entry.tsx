'use client';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { rememberedInvitation } from '#lib/call/invitation-memory.ts';
import { callMessages } from '#messages/call.ts';

const text = callMessages.refused;

function Connecting() {
  return (
    <p role="status" className="m-auto p-10 text-ink-soft">
      {callMessages.connecting}
    </p>
  );
}

// Each side loads its own code only: a patient's cheap telephone needs none of the doctor's.
const DoctorEntry = dynamic(
  () => import('./doctor/doctor-entry.tsx').then((module) => module.DoctorEntry),
  { ssr: false, loading: Connecting },
);
const PatientEntry = dynamic(
  () => import('./patient/patient-entry.tsx').then((module) => module.PatientEntry),
  { ssr: false, loading: Connecting },
);

/** An invitation in this tab opens the patient's side, a session the doctor's. */
export function CallEntry({ roomId, signedIn }: { roomId: string; signedIn: boolean }) {
  const [invitation, setInvitation] = useState<string | null | undefined>(undefined);
  useEffect(() => setInvitation(rememberedInvitation(roomId)), [roomId]);
  if (invitation === undefined) return <Connecting />;
  if (invitation !== null) return <PatientEntry roomId={roomId} invitation={invitation} />;
  if (signedIn) return <DoctorEntry roomId={roomId} />;
  return (
    <NoticePage
      title={text.needInvite}
      action={
        <Button asChild variant="secondary">
          <Link href={`/login?de=${encodeURIComponent(`/call/${roomId}`)}`}>{text.signIn}</Link>
        </Button>
      }
    >
      <p>{text.needInviteText}</p>
    </NoticePage>
  );
}
