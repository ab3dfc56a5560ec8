'use client';
import { useEffect, useMemo, useRef, useState } from 'react';
import useSWR from 'swr';
import { z } from 'zod';
import { useConfig } from '#components/shared/config-provider.tsx';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Button } from '#components/ui/button.ts';
import { ApiError, errorSentence } from '#lib/api/api-error.ts';
import { createGateway } from '#lib/api/gateway.ts';
import { createHttp } from '#lib/api/http.ts';
import { forgetInvitation } from '#lib/call/invitation-memory.ts';
import { InvitationTokens } from '#lib/call/invitation-tokens.ts';
import { subjectOf } from '#lib/call/room-link.ts';
import { callMessages } from '#messages/call.ts';
import { patientMessages } from '#messages/patient.ts';
import { sharedMessages } from '#messages/shared.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { AfterScreen } from './after-screen.tsx';
import { BirthDateStep } from './birth-date-step.tsx';
import { DocumentsScreen } from './documents-screen.tsx';
import { PatientPath } from './patient-path.tsx';

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
    const open = createGateway(http);
    return new InvitationTokens(() => open.exchangeInvitation(invitation, birthDate.current));
  });
  const gateway = useMemo(
    () => createGateway(createHttp({ baseUrl: gatewayUrl, getToken: (how) => tokens.get(how) })),
    [gatewayUrl, tokens],
  );
  const { data, error, isLoading, isValidating, mutate } = useSWR(
    ['invitation', roomId],
    async () => {
      const { accessToken, consultation } = await tokens.open();
      return { userId: subjectOf(accessToken), consultation };
    },
    { revalidateOnFocus: false, revalidateOnReconnect: false, shouldRetryOnError: false },
  );

  const code = error instanceof ApiError ? error.code : null;
  const invalid =
    code !== null &&
    ['not_found', 'unauthenticated', 'forbidden', 'validation_failed'].includes(code) &&
    !asksBirthDate(error);
  useEffect(() => {
    if (invalid) forgetInvitation(roomId);
  }, [invalid, roomId]);

  const userId = data?.userId ?? null;
  const consultation = data?.consultation;
  const identity = useMemo<RoomIdentity | null>(
    () =>
      userId && consultation
        ? { roomId, userId, userName: consultation.participantName, role: consultation.role }
        : null,
    [roomId, userId, consultation],
  );

  if (isLoading) {
    return (
      <p role="status" className="m-auto p-10 text-ink-soft">
        {callMessages.connecting}
      </p>
    );
  }
  if (error instanceof ApiError && asksBirthDate(error)) {
    return (
      <BirthDateStep
        trouble={birthDate.current === undefined ? null : error.message}
        busy={isValidating}
        onDate={(date) => {
          birthDate.current = date;
          void mutate();
        }}
      />
    );
  }
  if (consultation && birthDate.current !== undefined) {
    return <DocumentsScreen consultation={consultation} gateway={gateway} tokens={tokens} />;
  }
  const over = consultation && !['WAITING', 'IN_PROGRESS'].includes(consultation.status);
  if (code === 'consultation_ended' || over) return <AfterScreen />;
  if (!identity || !consultation || consultation.roomId !== roomId) {
    return (
      <NoticePage
        title={invalid || data ? text.invalidTitle : text.retryTitle}
        action={
          invalid || data ? null : (
            <Button onClick={() => void mutate()}>{sharedMessages.retry}</Button>
          )
        }
      >
        <p>{invalid || data ? text.invalidText : errorSentence(error)}</p>
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
  return error instanceof ApiError && birthDateAsked.safeParse(error.details).success;
}
