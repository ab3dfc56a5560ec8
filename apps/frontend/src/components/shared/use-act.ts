'use client';
import { useCallback, useState } from 'react';
import { type ToastMessage, useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';

/**
 * Runs one deed of a button: busy meanwhile, a word when it is done, a sentence when it is not.
 * Resolves to whether it worked.
 */
export function useAct() {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const act = useCallback(
    async (
      deed: () => Promise<unknown>,
      words: { done?: ToastMessage; failed: string },
    ): Promise<boolean> => {
      setBusy(true);
      try {
        await deed();
        if (words.done) toast({ tone: 'ok', ...words.done });
        return true;
      } catch (error) {
        toast({ title: words.failed, description: errorSentence(error), tone: 'danger' });
        return false;
      } finally {
        setBusy(false);
      }
    },
    [toast],
  );
  return { act, busy };
}
