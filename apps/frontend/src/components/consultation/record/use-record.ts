'use client';
import type {
  Consultation,
  CoverageItem,
  StoredSuggestion,
  Transcript,
} from '@medcall/shared-types';
import { useEffect, useState } from 'react';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { isOutOfReach } from '#lib/api/api-error.ts';

const lateRefreshMs = 3_000;
/** After the end the last utterances are still being written. */
const settleMs = 90_000;

export interface ConsultationRecord {
  consultation: Consultation | undefined;
  transcript: Transcript | null | undefined;
  suggestions: readonly StoredSuggestion[];
  coverage: readonly CoverageItem[];
  /** True while late utterances may still come. */
  settling: boolean;
  error: unknown;
  reload: () => Promise<unknown>;
}

/** The record of a consultation. A part that my rights do not cover is null, not an error. */
export function useRecord(id: string): ConsultationRecord {
  const gateway = useGateway();
  const { data, error, mutate } = useSWR(
    ['record', id],
    async () => {
      const [consultation, transcript, suggestions, coverage] = await Promise.all([
        gateway.consultation(id),
        mine(gateway.transcript(id)),
        mine(gateway.suggestions(id)),
        mine(gateway.coverage(id)),
      ]);
      return { consultation, transcript, suggestions, coverage };
    },
    {
      refreshInterval: (latest) => (latest && isSettling(latest.consultation) ? lateRefreshMs : 0),
    },
  );
  return {
    consultation: data?.consultation,
    transcript: data?.transcript,
    suggestions: data?.suggestions?.items ?? [],
    coverage: data?.coverage?.items ?? [],
    settling: useSettling(data?.consultation),
    error,
    reload: () => mutate(),
  };
}

/** `isSettling` that also ends when nothing on the page changes any more. */
function useSettling(consultation: Consultation | undefined): boolean {
  const [, setOver] = useState(0);
  const endedAt = consultation?.ended_at ?? null;
  useEffect(() => {
    const leftMs = endedAt === null ? 0 : Date.parse(endedAt) + settleMs - Date.now();
    if (leftMs <= 0) return;
    const timer = setTimeout(() => setOver((count) => count + 1), leftMs + 50);
    return () => clearTimeout(timer);
  }, [endedAt]);
  return consultation ? isSettling(consultation) : false;
}

function isSettling({ status, ended_at }: Consultation): boolean {
  if (status === 'IN_PROGRESS') return true;
  return ended_at !== null && Date.now() - Date.parse(ended_at) < settleMs;
}

async function mine<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isOutOfReach(error)) return null;
    throw error;
  }
}
