'use client';
import { useCallback } from 'react';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { dashboardMessages as text } from '#messages/dashboard.ts';

/** Makes an invitation for the patient and puts its link into the clipboard. */
export function useCopyInvitation(): (consultationId: string) => Promise<void> {
  const gateway = useGateway();
  const toast = useToast();
  return useCallback(
    async (consultationId) => {
      try {
        const { url } = await gateway.invite(consultationId);
        await navigator.clipboard.writeText(url);
        toast({ title: text.copied, description: text.copiedText, tone: 'ok' });
      } catch (error) {
        toast({ title: text.copyFailed, description: errorSentence(error), tone: 'danger' });
      }
    },
    [gateway, toast],
  );
}
