'use client';
import type { Consultation, Retranscription, RetranscriptionJob } from '@medcall/shared-types';
import { useEffect, useRef, useState } from 'react';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';

const underWayRefreshMs = 1_000;

export interface RetranscriptionState {
  /** Undefined while it is not known. */
  state: Retranscription | undefined;
  error: unknown;
  underWay: RetranscriptionJob | null;
  /** The job that ended while this page was open. */
  ended: RetranscriptionJob | null;
  start: () => Promise<void>;
  cancel: () => Promise<void>;
  /** How it ended was read. */
  forget: () => void;
  reload: () => Promise<unknown>;
}

/**
 * Transcribing a consultation again, for its doctor: how it stands and how to ask for it.
 * @param onEnded told once of a job that ended while this page was open
 */
export function useRetranscription(
  consultation: Consultation,
  mine: boolean,
  onEnded: (job: RetranscriptionJob) => void,
): RetranscriptionState {
  const gateway = useGateway();
  const { roomId, status } = consultation;
  const { data, error, mutate } = useSWR(
    // The status is part of the name: what goes on now may be over the next time that it is read.
    mine ? ['retranscription', roomId, status] : null,
    () => gateway.retranscription(roomId),
    {
      revalidateOnFocus: false,
      refreshInterval: (latest) => (isUnderWay(latest?.job) ? underWayRefreshMs : 0),
    },
  );
  const job = data?.job ?? null;
  const followed = useRef<string | null>(null);
  const [ended, setEnded] = useState<RetranscriptionJob | null>(null);
  const latestEnded = useRef(onEnded);
  latestEnded.current = onEnded;
  useEffect(() => {
    if (!job) return;
    if (isUnderWay(job)) {
      followed.current = job.id;
      return;
    }
    if (followed.current !== job.id) return;
    followed.current = null;
    setEnded(job);
    latestEnded.current(job);
  }, [job]);
  return {
    state: data,
    error,
    underWay: isUnderWay(job) ? job : null,
    ended,
    start: async () => {
      const asked = await gateway.askRetranscription(roomId);
      followed.current = asked.job?.id ?? null;
      setEnded(null);
      await mutate(asked, { revalidate: false });
    },
    cancel: async () => {
      await mutate(await gateway.cancelRetranscription(roomId), { revalidate: false });
    },
    forget: () => setEnded(null),
    reload: () => mutate(),
  };
}

function isUnderWay(job: RetranscriptionJob | null | undefined): boolean {
  return job?.status === 'waiting' || job?.status === 'running';
}
