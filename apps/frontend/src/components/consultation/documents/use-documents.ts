'use client';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';

const lateRefreshMs = 3_000;

/**
 * The papers of a consultation, letter included: read once for all who show a part of them.
 * @param settling the consultation has just ended: its letter is drafted behind the note, and is waited for
 */
export function useDocuments(consultationId: string, settling = false) {
  const gateway = useGateway();
  return useSWR(['documents', consultationId], () => gateway.documents(consultationId), {
    refreshInterval: (latest) =>
      settling && !latest?.items.some(({ kind }) => kind === 'letter') ? lateRefreshMs : 0,
    revalidateOnFocus: false,
    shouldRetryOnError: false,
  });
}
