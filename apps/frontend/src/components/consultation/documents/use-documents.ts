'use client';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';

/** The papers of a consultation, letter included: read once for all who show a part of them. */
export function useDocuments(consultationId: string) {
  const gateway = useGateway();
  return useSWR(['documents', consultationId], () => gateway.documents(consultationId), {
    revalidateOnFocus: false,
    shouldRetryOnError: false,
  });
}
