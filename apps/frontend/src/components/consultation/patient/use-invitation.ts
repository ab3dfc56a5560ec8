import type { RoomConsultation } from '@medcall/shared-types';
import { useCallback, useEffect, useState } from 'react';
import type { InvitationTokens } from '#lib/call/invitation-tokens.ts';
import { subjectOf } from '#lib/call/room-link.ts';

export interface OpenedInvitation {
  userId: string | null;
  consultation: RoomConsultation;
}

interface Reading {
  opened: OpenedInvitation | null;
  /** Why the last exchange did not work; stands until one does. */
  error: unknown;
  busy: boolean;
}

/** Exchanges the invitation once, and again when asked. */
export function useInvitation(tokens: InvitationTokens): Reading & { again: () => void } {
  const [reading, setReading] = useState<Reading>({ opened: null, error: null, busy: true });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt is a new exchange.
  useEffect(() => {
    let gone = false;
    setReading((before) => ({ ...before, busy: true }));
    tokens.open().then(
      ({ accessToken, consultation }) => {
        const opened = { userId: subjectOf(accessToken), consultation };
        if (!gone) setReading({ opened, error: null, busy: false });
      },
      (error: unknown) => {
        if (!gone) setReading((before) => ({ ...before, error, busy: false }));
      },
    );
    return () => {
      gone = true;
    };
  }, [tokens, attempt]);

  const again = useCallback(() => setAttempt((count) => count + 1), []);
  return { ...reading, again };
}
