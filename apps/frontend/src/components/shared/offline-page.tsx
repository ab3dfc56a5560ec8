'use client';
import { useEffect } from 'react';

/**
 * Registers the worker that shows a page in Portuguese where there is no network. It keeps that one
 * page: nothing of a patient is ever in its cache.
 */
export function OfflinePage() {
  useEffect(() => {
    // Absent where the page is not secure; a refusal costs the offline page and nothing else.
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    workers?.register('/sw.js').catch((cause: unknown) => {
      console.warn('[offline] no page for later', cause);
    });
  }, []);
  return null;
}
