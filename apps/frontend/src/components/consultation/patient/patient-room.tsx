'use client';
import type { RoomConsultation } from '@medcall/shared-types';
import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useConfig } from '#components/shared/config-provider.tsx';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { useConsultation } from '#hooks/useConsultation.ts';
import type { LocalMedia } from '#hooks/useLocalMedia.ts';
import type { GuestGateway } from '#lib/api/guest-gateway.ts';
import type { TokenSource } from '#lib/call/room-link.ts';
import { shortName } from '#lib/utils.ts';
import { callMessages } from '#messages/call.ts';
import { patientMessages as text } from '#messages/patient.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { ElsewherePage } from '../elsewhere-page.tsx';
import { AfterScreen } from './after-screen.tsx';
import { ClinicPhone } from './clinic-phone.tsx';
import { PatientCall } from './patient-call.tsx';
import { WaitingScreen } from './waiting-screen.tsx';

interface Props {
  identity: RoomIdentity;
  tokens: TokenSource;
  gateway: GuestGateway;
  consultation: RoomConsultation;
  media: LocalMedia;
  /** A guest's speech is written down only when that person wants it. */
  transcribeMe: boolean;
  onConsentNeeded: () => void;
}

const guestTriesAgainMs = 10_000;

/** Waiting, talking, or gone for a moment. */
export function PatientRoom(props: Props) {
  const [left, setLeft] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const again = useCallback(() => setAttempt((count) => count + 1), []);
  const { stop, request } = props.media;
  function comeBack(): void {
    setLeft(false);
    void request();
  }
  if (left) {
    return (
      <NoticePage
        title={text.left.title}
        action={<Button onClick={comeBack}>{text.left.again}</Button>}
      >
        <p>{text.left.text}</p>
      </NoticePage>
    );
  }
  return (
    <OpenRoom
      key={attempt}
      {...props}
      onAgain={again}
      onLeft={() => {
        stop();
        setLeft(true);
      }}
    />
  );
}

function OpenRoom({
  identity,
  tokens,
  gateway,
  consultation,
  media,
  transcribeMe,
  onConsentNeeded,
  onLeft,
  onAgain,
}: Props & { onLeft: () => void; onAgain: () => void }) {
  const { realtimeUrl } = useConfig();
  const isGuest = identity.role === 'guest';
  const live = useConsultation({ realtimeUrl, identity, tokens, media, transcribeMe });
  const phase = useStore(live.store, (state) => state.phase);
  const line = useStore(live.store, (state) => state.line);

  const consentNeeded = phase.kind === 'consent-needed';
  useEffect(() => {
    if (!consentNeeded) return;
    if (!isGuest) {
      onConsentNeeded();
      return;
    }
    // The consent is the patient's to give: a guest who is early waits for it.
    const timer = setTimeout(onAgain, guestTriesAgainMs);
    return () => clearTimeout(timer);
  }, [consentNeeded, isGuest, onConsentNeeded, onAgain]);

  const over = phase.kind === 'ended' || phase.kind === 'elsewhere';
  const { stop } = media;
  useEffect(() => {
    if (over) stop();
  }, [over, stop]);

  switch (phase.kind) {
    case 'connecting':
    case 'waiting':
      return (
        <WaitingScreen
          consultationId={consultation.id}
          gateway={isGuest ? null : gateway}
          doctorName={consultation.doctorName}
          connecting={phase.kind === 'connecting'}
          reconnecting={line === 'reconnecting'}
          media={media}
        />
      );
    case 'joined':
      return (
        <PatientCall
          live={live}
          media={media}
          gateway={gateway}
          consultation={consultation}
          isGuest={isGuest}
          transcribesMe={transcribeMe}
          onLeave={() => {
            // The service notices a closed line as well; leaving must not depend on its answer.
            void live.actions
              .leave()
              .catch(() => {})
              .finally(onLeft);
          }}
        />
      );
    case 'elsewhere':
      return <ElsewherePage />;
    case 'denied':
      return (
        <NoticePage
          title={text.waiting.denied(shortName(consultation.doctorName))}
          action={<Button onClick={onLeft}>{text.waiting.again}</Button>}
        >
          <p>{text.waiting.deniedText}</p>
          <ClinicPhone phone={consultation.clinicPhone} />
        </NoticePage>
      );
    case 'ended':
      return <AfterScreen clinicPhone={consultation.clinicPhone} />;
    case 'consent-needed':
      return isGuest ? (
        <NoticePage
          title={text.guestEarly.title}
          action={<Button onClick={onAgain}>{text.guestEarly.again}</Button>}
        >
          <p>{text.guestEarly.text}</p>
        </NoticePage>
      ) : null;
    case 'refused':
      return (
        <NoticePage title={callMessages.refused.title}>
          <p>{phase.message}</p>
          <p>{callMessages.refused.otherLink}</p>
        </NoticePage>
      );
  }
}
