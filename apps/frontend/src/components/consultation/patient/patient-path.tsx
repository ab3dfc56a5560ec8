'use client';
import type { RoomConsultation } from '@medcall/shared-types';
import { useEffect, useRef, useState } from 'react';
import { useLocalMedia } from '#hooks/useLocalMedia.ts';
import type { GuestGateway } from '#lib/api/guest-gateway.ts';
import type { TokenSource } from '#lib/call/room-link.ts';
import { tabMemory } from '#lib/call/tab-memory.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { ConsentStep } from './consent-step.tsx';
import { DeviceStep } from './device-step.tsx';
import { GuestStep } from './guest-step.tsx';
import { PatientRoom } from './patient-room.tsx';

type Step = 'choices' | 'devices' | 'room';

interface Props {
  identity: RoomIdentity;
  tokens: TokenSource;
  gateway: GuestGateway;
  consultation: RoomConsultation;
}

/** The waiting room is the last one. */
const steps = 3;
const stepKey = (roomId: string) => `medcall.passo.${roomId}`;
const speechKey = (roomId: string) => `medcall.fala.${roomId}`;

/**
 * What will happen and choices → devices → room: three taps, the tick of the care consent among them. A
 * reload stays where one was.
 */
export function PatientPath({ identity, tokens, gateway, consultation }: Props) {
  const media = useLocalMedia();
  const isGuest = identity.role === 'guest';
  const [step, setStep] = useState<Step>(() => {
    const kept = tabMemory.get(stepKey(identity.roomId));
    return kept === 'room' || kept === 'devices' ? kept : 'choices';
  });
  const [speaks, setSpeaks] = useState(
    () => !isGuest || tabMemory.get(speechKey(identity.roomId)) === 'sim',
  );

  function go(next: Step): void {
    tabMemory.set(stepKey(identity.roomId), next === 'choices' ? null : next);
    setStep(next);
  }

  const { request, status } = media;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once a step; who has let go of them is not asked again.
  useEffect(() => {
    if (step !== 'choices' && status === 'idle') void request();
  }, [step, request]);

  // The button that was pressed is gone: who cannot see the new step hears its heading.
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    window.scrollTo(0, 0);
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, [step]);

  switch (step) {
    case 'choices':
      return isGuest ? (
        <GuestStep consultation={consultation} total={steps} onDone={() => go('devices')} />
      ) : (
        <ConsentStep
          consultation={consultation}
          gateway={gateway}
          total={steps}
          onDone={() => go('devices')}
        />
      );
    case 'devices':
      return (
        <DeviceStep
          media={media}
          step={2}
          total={steps}
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
          onConsentNeeded={() => go('choices')}
        />
      );
  }
}
