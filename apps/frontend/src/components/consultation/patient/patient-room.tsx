'use client';
import type { RoomConsultation } from '@medcall/shared-types';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useConfig } from '#components/shared/config-provider.tsx';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { useConsultation } from '#hooks/useConsultation.ts';
import type { LocalMedia } from '#hooks/useLocalMedia.ts';
import type { Gateway } from '#lib/api/gateway.ts';
import type { TokenSource } from '#lib/call/room-link.ts';
import { shortName } from '#lib/utils.ts';
import { callMessages } from '#messages/call.ts';
import { patientMessages as text } from '#messages/patient.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { ElsewherePage } from '../elsewhere-page.tsx';
import { AfterScreen } from './after-screen.tsx';
import { PatientCall } from './patient-call.tsx';
import { WaitingScreen } from './waiting-screen.tsx';

interface Props {
  identity: RoomIdentity;
  tokens: TokenSource;
  gateway: Gateway;
  consultation: RoomConsultation;
  media: LocalMedia;
  onConsentNeeded: () => void;
}

/** Waiting, talking, or gone for a moment. */
export function PatientRoom(props: Props) {
  const [left, setLeft] = useState(false);
  const { stop } = props.media;
  if (left) {
    return (
      <NoticePage
        title={text.left.title}
        action={<Button onClick={() => setLeft(false)}>{text.left.again}</Button>}
      >
        <p>{text.left.text}</p>
      </NoticePage>
    );
  }
  return (
    <OpenRoom
      {...props}
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
  onConsentNeeded,
  onLeft,
}: Props & { onLeft: () => void }) {
  const { realtimeUrl } = useConfig();
  const live = useConsultation({ realtimeUrl, identity, tokens, media });
  const phase = useStore(live.store, (state) => state.phase);
  const line = useStore(live.store, (state) => state.line);

  const consentNeeded = phase.kind === 'consent-needed';
  useEffect(() => {
    if (consentNeeded) onConsentNeeded();
  }, [consentNeeded, onConsentNeeded]);

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
          isGuest={identity.role === 'guest'}
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
        </NoticePage>
      );
    case 'ended':
      return <AfterScreen />;
    case 'consent-needed':
      return null;
    case 'refused':
      return (
        <NoticePage title={callMessages.refused.title}>
          <p>{phase.message}</p>
          <p>{callMessages.refused.otherLink}</p>
        </NoticePage>
      );
  }
}
