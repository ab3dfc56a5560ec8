'use client';
import { useEffect, useRef, useState } from 'react';

interface Options {
  /** How long until it is asked again. */
  everyMs: number;
  /** False: once there is an answer it stands, and only a failure is tried again. */
  repeat: boolean;
}

/**
 * The answer to one question, asked for as long as the component lives; undefined until there is one. The last answer
 * stands while a later try fails. For pages that are too small for a cache of answers.
 */
export function useAnswer<T>(
  ask: () => Promise<T>,
  { everyMs, repeat }: Options,
): [T | undefined, (answer: T) => void] {
  const [answer, setAnswer] = useState<T | undefined>(undefined);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function tell(): Promise<void> {
      let again = repeat;
      try {
        const next = await latest.current();
        if (!gone) setAnswer(next);
      } catch {
        // What it is about says itself that it is not known; the next try may find it.
        again = true;
      }
      if (!gone && again) timer = setTimeout(() => void tell(), everyMs);
    }
    void tell();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [everyMs, repeat]);
  return [answer, setAnswer];
}
