'use client';
import { useCallback, useEffect, useRef } from 'react';

/**
 * The signal of what is sent from here: who leaves gives it up, nothing more goes out, and no later answer
 * is shown elsewhere. Asked for when the sending begins.
 */
export function useLeaving(): () => AbortSignal {
  const leaving = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);
  return useCallback(() => leaving.current.signal, []);
}
