'use client';
import { WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { sharedMessages as text } from '#messages/shared.ts';

function subscribe(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

/** Says that the device has no network and what becomes of the work; nothing when it has. */
export function OfflineBanner() {
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status" className="print:hidden">
      {online ? null : (
        <p
          data-testid="offline"
          className="flex items-center justify-center gap-2 bg-ink px-4 py-1.5 text-center font-semibold text-paper"
        >
          <WifiOff className="size-4 shrink-0" aria-hidden="true" />
          {text.offline}
        </p>
      )}
    </div>
  );
}
