'use client';
import type { Participant } from '@medcall/shared-types';
import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import { LeftMessages } from './left-messages.tsx';

const text = doctorCallMessages.waitingRoom;

interface Props {
  consultationId: string;
  waiting: readonly Participant[];
  onAdmit: (participantId: string) => Promise<void>;
  onDeny: (participantId: string) => Promise<void>;
}

/** Who is at the door. Above everything else, because a person is waiting. */
export function WaitingPeople({ consultationId, waiting, onAdmit, onDeny }: Props) {
  const [busy, setBusy] = useState<string | null>(null);
  if (waiting.length === 0) return null;
  async function settle(id: string, act: (id: string) => Promise<void>): Promise<void> {
    setBusy(id);
    await act(id).finally(() => setBusy(null));
  }
  return (
    <ul className="flex flex-col gap-2" aria-live="polite" data-testid="waiting-people">
      {waiting.map((person) => (
        <li
          key={person.id}
          className="flex flex-wrap items-center gap-3 rounded-lg bg-paper px-4 shadow-float ring-2 ring-accent ring-inset py-2.5"
        >
          <UserRound className="size-5 shrink-0 text-accent" aria-hidden="true" />
          {/* On a telephone the answers stand under the name. */}
          <p className="min-w-[calc(100%-2rem)] flex-1 font-semibold sm:min-w-0">
            {text.title(person.name)}
            {person.role === 'guest' ? (
              <span className="font-normal text-ink-soft"> ({text.guest})</span>
            ) : null}
          </p>
          <Button
            size="sm"
            variant="quiet"
            className="ml-auto sm:ml-0"
            disabled={busy === person.id}
            onClick={() => void settle(person.id, onDeny)}
          >
            {text.deny}
          </Button>
          <Button
            size="sm"
            busy={busy === person.id}
            onClick={() => void settle(person.id, onAdmit)}
          >
            {text.admit}
          </Button>
          {person.role === 'patient' ? (
            <LeftMessages consultationId={consultationId} waiting />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
