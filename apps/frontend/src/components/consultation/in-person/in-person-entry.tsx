'use client';
import { isOpen } from '@medcall/shared-types';
import Link from 'next/link';
import { useMemo } from 'react';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import type { TokenSource } from '#lib/call/room-link.ts';
import { callMessages } from '#messages/call.ts';
import { inPersonMessages as text } from '#messages/in-person.ts';
import { sharedMessages } from '#messages/shared.ts';
import { useAuthStore } from '#store/authStore.ts';
import type { InPersonIdentity } from '#types/consultation.ts';
import { RecordScreen } from '../record/record-screen.tsx';
import { InPersonScreen } from './in-person-screen.tsx';

/** Opens the consultation for its doctor, the record for whoever else may see it or once it is over. */
export function InPersonEntry({ id }: { id: string }) {
  const gateway = useGateway();
  const getAccessToken = useAuthStore((state) => state.getAccessToken);
  const userId = useAuthStore((state) => state.user?.id ?? null);
  const { data, error, mutate } = useSWR(
    ['in-person', id],
    async () => {
      const [me, consultation] = await Promise.all([gateway.me(), gateway.consultation(id)]);
      return { me, consultation };
    },
    { revalidateOnFocus: false, shouldRetryOnError: false },
  );
  const tokens = useMemo<TokenSource>(() => ({ get: getAccessToken }), [getAccessToken]);
  const roomId = data?.consultation.roomId;
  const identity = useMemo<InPersonIdentity | null>(
    () => (userId && roomId ? { roomId, userId, consultationId: id } : null),
    [id, roomId, userId],
  );

  if (!data || !identity) {
    if (!error) {
      return (
        <div aria-busy="true" className="grid gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <Skeleton className="h-96" />
          <Skeleton className="h-64" />
        </div>
      );
    }
    return (
      <EmptyState
        title={callMessages.refused.title}
        action={<Button onClick={() => void mutate()}>{sharedMessages.retry}</Button>}
      >
        {errorSentence(error)}
      </EmptyState>
    );
  }
  const { me, consultation } = data;
  if (!isOpen(consultation.status) || me.doctor?.id !== consultation.doctor_id) {
    return <RecordScreen id={id} />;
  }
  if (consultation.type === 'ONLINE') {
    return (
      <EmptyState
        title={text.online}
        action={
          <Button asChild>
            <Link href={`/call/${consultation.roomId}`}>{text.openCall}</Link>
          </Button>
        }
      >
        {text.onlineText}
      </EmptyState>
    );
  }
  return <InPersonScreen identity={identity} tokens={tokens} consultation={consultation} />;
}
