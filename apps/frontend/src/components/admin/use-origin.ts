import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Where this site is; empty while the server draws. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  );
}
