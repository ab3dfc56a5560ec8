'use client';
import type { RoomConsultation } from '@medcall/shared-types';
import { useEffect, useState } from 'react';
import { useLocalMedia } from '#hooks/useLocalMedia.ts';
import type { GuestGateway } from '#lib/api/guest-gateway.ts';
import type { TokenSource } from '#lib/call/room-link.ts';
import { tabMemory } from '#lib/call/tab-memory.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { ConsentStep } from './consent-step.tsx';
import { DeviceStep } from './device-step.tsx';
import { IntroStep } from './intro-step.tsx';
import { PatientRoom } from './patient-room.tsx';

type Step = 'intro' | 'consents' | 'devices' | 'room';

interface Props {
  identity: RoomIdentity;
  tokens: TokenSource;
  gateway: GuestGateway;
  consultation: RoomConsultation;
}

const stepKey = (roomId: string) => `medcall.passo.${roomId}`;
const speechKey = (roomId: string) => `medcall.fala.${roomId}`;

/** What will happen → choices → devices → room. A reload in the room goes straight back to it. */
export function PatientPath({ identity, tokens, gateway, consultation }: Props) {
  const media = useLocalMedia();
  const isGuest = identity.role === 'guest';
  const [step, setStep] = useState<Step>(() =>
    tabMemory.get(stepKey(identity.roomId)) === 'room' ? 'room' : 'intro',
  );
  const [speaks, setSpeaks] = useState(
    () => !isGuest || tabMemory.get(speechKey(identity.roomId)) === 'sim',
  );
  const total = isGuest ? 3 : 4;

  function go(next: Step): void {
    tabMemory.set(stepKey(identity.roomId), next === 'room' ? 'room' : null);
    setStep(next);
    window.scrollTo(0, 0);
  }

  const { request, status } = media;
  useEffect(() => {
    if (step === 'room' && status === 'idle') void request();
  }, [step, status, request]);

  switch (step) {
    case 'intro':
      return (
        <IntroStep
          consultation={consultation}
          total={total}
          onNext={() => go(isGuest ? 'devices' : 'consents')}
        />
      );
    case 'consents':
      return (
        <ConsentStep
          consultationId={consultation.id}
          gateway={gateway}
          total={total}
          onDone={() => go('devices')}
        />
      );
    case 'devices':
      return (
        <DeviceStep
          media={media}
          step={total - 1}
          total={total}
          speech={
            isGuest
              ? {
                  agreed: speaks,
                  onChange: (agreed) => {
                    tabMemory.set(speechKey(identity.roomId), agreed ? 'sim' : 'não');
                    setSpeaks(agreed);
                  },
                }
              : null
          }
          onNext={() => go('room')}
        />
      );
    case 'room':
      return (
        <PatientRoom
          identity={identity}
          tokens={tokens}
          gateway={gateway}
          consultation={consultation}
          media={media}
          transcribeMe={speaks}
          onConsentNeeded={() => go('consents')}
        />
      );
  }
}
