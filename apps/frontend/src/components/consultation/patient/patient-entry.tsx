'use client';
import * as z from '@medcall/shared-types/lean';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useConfig } from '#components/shared/config-provider.tsx';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { ApiError, errorSentence } from '#lib/api/api-error.ts';
import { invitationCalls } from '#lib/api/calls/invitation-calls.ts';
import { createGuestGateway } from '#lib/api/guest-gateway.ts';
import { createHttp } from '#lib/api/http.ts';
import { forgetInvitation } from '#lib/call/invitation-memory.ts';
import { InvitationTokens } from '#lib/call/invitation-tokens.ts';
import { patientMessages } from '#messages/patient.ts';
import { sharedMessages } from '#messages/shared.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { Connecting } from '../connecting.tsx';
import { AfterScreen } from './after-screen.tsx';
import { PatientPath } from './patient-path.tsx';
import { useInvitation } from './use-invitation.ts';

// Another kind of link: nobody who comes to a call needs these.
const BirthDateStep = lazy(() =>
  import('./birth-date-step.tsx').then((module) => ({ default: module.BirthDateStep })),
);
const DocumentsScreen = lazy(() =>
  import('./documents-screen.tsx').then((module) => ({ default: module.DocumentsScreen })),
);

const text = patientMessages.link;
/** How the service says that this link opens documents and wants the birth date. */
const birthDateAsked = z.object({ birthDate: z.literal(true) });

interface Props {
  roomId: string;
  invitation: string;
}

/** Exchanges the invitation and leads the invited person to the room. */
export function PatientEntry({ roomId, invitation }: Props) {
  const { gatewayUrl } = useConfig();
  // A link to documents asks for it; it stays in the page's memory alone.
  const birthDate = useRef<string | undefined>(undefined);
  const [tokens] = useState(() => {
    const http = createHttp({ baseUrl: gatewayUrl, getToken: async () => null });
    const open = invitationCalls(http);
    return new InvitationTokens(() => open.exchangeInvitation(invitation, birthDate.current));
  });
  const gateway = useMemo(
    () =>
      createGuestGateway(createHttp({ baseUrl: gatewayUrl, getToken: (how) => tokens.get(how) })),
    [gatewayUrl, tokens],
  );
  const { opened, error, busy, again } = useInvitation(tokens);

  const code = error instanceof ApiError ? error.code : null;
  const invalid =
    code !== null &&
    ['not_found', 'unauthenticated', 'forbidden', 'validation_failed'].includes(code) &&
    !asksBirthDate(error);
  useEffect(() => {
    if (invalid) forgetInvitation(roomId);
  }, [invalid, roomId]);

  const userId = opened?.userId ?? null;
  const consultation = opened?.consultation;
  const identity = useMemo<RoomIdentity | null>(
    () =>
      userId && consultation
        ? { roomId, userId, userName: consultation.participantName, role: consultation.role }
        : null,
    [roomId, userId, consultation],
  );

  if (busy && !opened && !error) return <Connecting />;
  if (error instanceof ApiError && asksBirthDate(error)) {
    return (
      <Suspense fallback={<Connecting />}>
        <BirthDateStep
          // While a date is looked at, the refusal stands for the one before, or for none.
          trouble={busy || birthDate.current === undefined ? null : error.message}
          busy={busy}
          onDate={(date) => {
            birthDate.current = date;
            again();
          }}
        />
      </Suspense>
    );
  }
  if (consultation && birthDate.current !== undefined) {
    return (
      <Suspense fallback={<Connecting />}>
        <DocumentsScreen consultation={consultation} tokens={tokens} />
      </Suspense>
    );
  }
  const over = consultation && !['WAITING', 'IN_PROGRESS'].includes(consultation.status);
  if (code === 'consultation_ended' || over) {
    return <AfterScreen clinicPhone={consultation?.clinicPhone ?? null} />;
  }
  if (!identity || !consultation || consultation.roomId !== roomId) {
    return (
      <NoticePage
        title={invalid || opened ? text.invalidTitle : text.retryTitle}
        action={
          invalid || opened ? null : (
            <Button busy={busy} onClick={again}>
              {sharedMessages.retry}
            </Button>
          )
        }
      >
        <p>{invalid || opened ? text.invalidText : errorSentence(error)}</p>
      </NoticePage>
    );
  }
  return (
    <PatientPath
      identity={identity}
      tokens={tokens}
      gateway={gateway}
      consultation={consultation}
    />
  );
}

function asksBirthDate(error: unknown): boolean {
  return error instanceof ApiError && z.safeParse(birthDateAsked, error.details).success;
}
