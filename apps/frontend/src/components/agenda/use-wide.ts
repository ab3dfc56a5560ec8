'use client';
import { useSyncExternalStore } from 'react';

const query = '(min-width: 48rem)';

/** True where a week fits on the screen. The server takes the wide one. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
    () => true,
  );
}
