'use client';
import type { Consultation } from '@medcall/shared-types';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import type { ConsultationState } from '#store/consultationStore.ts';

/** What is stored: the consultation as it is now, the patient, and what was said and asked before this page came. */
export function useCallData(first: Consultation, state: ConsultationState, joined: boolean) {
  const gateway = useGateway();
  const { data: consultation = first } = useSWR(
    // Its times and status change when somebody comes in.
    ['consultation', first.id, joined, state.participants.length > 0],
    () => gateway.consultation(first.id),
    { fallbackData: first, revalidateOnFocus: false },
  );
  const { data: patient } = useSWR(
    ['patient', first.patient_id],
    () => gateway.patient(first.patient_id),
    { revalidateOnFocus: false },
  );
  const { stored, question, setCoverage } = state;
  useSWR(
    // After each join: what was finished while the line was down did not reach this page.
    joined ? ['so-far', first.id, state.resume] : null,
    async () => {
      const [transcript, asked, coverage] = await Promise.all([
        gateway.transcript(first.id),
        gateway.suggestions(first.id),
        gateway.coverage(first.id),
      ]);
      stored(transcript.items);
      for (const {
        status,
        context: _context,
        created_at: _at,
        decided_by: _by,
        ...item
      } of asked.items) {
        if (status === 'shown') question(item);
      }
      if (coverage.items.length > 0) setCoverage(coverage.items);
    },
    { revalidateOnFocus: false, revalidateOnReconnect: false },
  );
  return { consultation, patient };
}
