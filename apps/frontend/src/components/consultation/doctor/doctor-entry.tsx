'use client';
import Link from 'next/link';
import { useMemo } from 'react';
import useSWR from 'swr';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Toasts } from '#components/shared/toasts.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { ApiError, errorSentence } from '#lib/api/api-error.ts';
import type { TokenSource } from '#lib/call/room-link.ts';
import { callMessages } from '#messages/call.ts';
import { sharedMessages } from '#messages/shared.ts';
import { useAuthStore } from '#store/authStore.ts';
import type { RoomIdentity } from '#types/consultation.ts';
import { DoctorCall } from './doctor-call.tsx';

const text = callMessages.refused;

/** Finds out which consultation a room belongs to and who I am, then opens the call. */
export function DoctorEntry({ roomId }: { roomId: string }) {
  const gateway = useGateway();
  const getAccessToken = useAuthStore((state) => state.getAccessToken);
  const userId = useAuthStore((state) => state.user?.id ?? null);
  const { data, error, isLoading, mutate } = useSWR(
    ['call', roomId],
    async () => {
      const room = await gateway.room(roomId);
      const [me, consultation] = await Promise.all([
        gateway.me(),
        gateway.consultation(room.consultation_id),
      ]);
      return { me, consultation };
    },
    { revalidateOnFocus: false, shouldRetryOnError: false },
  );

  const tokens = useMemo<TokenSource>(() => ({ get: getAccessToken }), [getAccessToken]);
  const name = data?.me.user.name;
  const identity = useMemo<RoomIdentity | null>(
    () => (userId && name ? { roomId, userId, userName: name, role: 'doctor' } : null),
    [roomId, userId, name],
  );

  if (isLoading) return <CallSkeleton />;
  if (!data || !identity) {
    const code = error instanceof ApiError ? error.code : null;
    return (
      <NoticePage
        title={text.title}
        action={
          <>
            {code === 'not_found' ? null : (
              <Button onClick={() => void mutate()}>{sharedMessages.retry}</Button>
            )}
            <Button asChild variant="secondary">
              <Link href="/dashboard">{sharedMessages.goHome}</Link>
            </Button>
          </>
        }
      >
        <p>{errorSentence(error)}</p>
      </NoticePage>
    );
  }
  const { consultation } = data;
  if (consultation.type === 'PRESENCIAL') {
    return (
      <NoticePage
        title={text.presencial}
        action={
          <Button asChild>
            <Link href={`/consulta-presencial/${consultation.id}`}>{text.openPresencial}</Link>
          </Button>
        }
      >
        <p>{text.presencialText}</p>
      </NoticePage>
    );
  }
  return (
    <>
      <DoctorCall
        identity={identity}
        tokens={tokens}
        consultation={consultation}
        clinicName={data.me.clinic.nome}
      />
      <Toasts />
    </>
  );
}

function CallSkeleton() {
  return (
    <main aria-busy="true" className="flex flex-1 flex-col gap-4 p-4">
      <p className="sr-only">{callMessages.connecting}</p>
      <Skeleton className="h-10 w-1/2" />
      <div className="grid flex-1 gap-4 lg:grid-cols-[1fr_22rem_22rem]">
        <Skeleton />
        <Skeleton className="hidden lg:block" />
        <Skeleton className="hidden lg:block" />
      </div>
    </main>
  );
}
