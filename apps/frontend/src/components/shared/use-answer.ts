'use client';
import { useCallback, useEffect, useRef, useState } from 'react';

interface Options {
  /** How long until it is asked again. */
  everyMs: number;
  /** False: once there is an answer it stands, and only a failure is tried again. */
  repeat: boolean;
}

/**
 * The answer to one question, asked for as long as the component lives; undefined until there is one. The last answer
 * stands while a later try fails. For pages that are too small for a cache of answers.
 *
 * An answer that is set by hand is newer than one that is still on its way: that one is thrown away and asked for
 * again. Nothing is asked anew while nobody sees the page.
 */
export function useAnswer<T>(
  ask: () => Promise<T>,
  { everyMs, repeat }: Options,
): [T | undefined, (answer: T) => void] {
  const [answer, setAnswer] = useState<T | undefined>(undefined);
  const latest = useRef(ask);
  latest.current = ask;
  const setByHand = useRef(0);
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function tell(): Promise<void> {
      let again = repeat;
      const before = setByHand.current;
      try {
        const next = await latest.current();
        if (setByHand.current !== before) again = true;
        else if (!gone) setAnswer(next);
      } catch {
        // What it is about says itself that it is not known; the next try may find it.
        again = true;
      }
      if (!gone && again) timer = setTimeout(tellWhenSeen, everyMs);
    }
    function tellWhenSeen(): void {
      if (document.hidden) timer = setTimeout(tellWhenSeen, everyMs);
      else void tell();
    }
    void tell();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [everyMs, repeat]);
  const set = useCallback((next: T) => {
    setByHand.current += 1;
    setAnswer(next);
  }, []);
  return [answer, set];
}
