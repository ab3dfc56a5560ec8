'use client';
import { useCallback, useRef, useState } from 'react';
import { errorSentence } from '#lib/api/api-error.ts';

/** One form's try at a deed: whether it runs, and the sentence for the form when it did not work. */
export interface Attempt {
  busy: boolean;
  /** pt-BR, fit for the screen; null while there is nothing to say. */
  trouble: string | null;
  /** A sentence of the form's own, or null to take one back. */
  setTrouble: (sentence: string | null) => void;
  /**
   * Runs the deed unless one is on its way: Enter in a field sends a form again whose button is busy.
   * Resolves to whether it ran and worked; never rejects.
   */
  attempt: (deed: () => Promise<unknown>) => Promise<boolean>;
}

/** Busy while it runs, a sentence beside the fields when it fails. For toasts instead of sentences: useAct. */
export function useAttempt(): Attempt {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const running = useRef(false);
  const attempt = useCallback(async (deed: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setTrouble(null);
    try {
      await deed();
      return true;
    } catch (error) {
      setTrouble(errorSentence(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, trouble, setTrouble, attempt };
}
