'use client';
import { useEffect, useState } from 'react';
import { renewForServer } from '#lib/auth/renew-for-server.ts';
import { UnreachableScreen } from './screens.tsx';

/** The session is about to run out, and a render may not renew it: its one route does, then the page comes anew. */
export function RenewalScreen({ returnTo }: { returnTo: string }) {
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    void renewForServer().then((outcome) => {
      if (outcome === 'renewed') window.location.reload();
      else if (outcome === 'unavailable') setFailed(true);
      else {
        const query = new URLSearchParams({ de: returnTo, motivo: 'expirada' });
        window.location.replace(`/login?${query}`);
      }
    });
  }, [returnTo]);
  return failed ? <UnreachableScreen /> : null;
}
