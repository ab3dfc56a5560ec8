'use client';
import { useEffect, useState } from 'react';
import { Skeleton } from '#components/ui/skeleton.ts';
import { BookingFrame } from './booking-frame.tsx';
import { BookingScreen } from './booking-screen.tsx';
import { ReservationScreen } from './reservation-screen.tsx';
import { tokenOf } from './token-of.ts';

/** Books, or shows the reservation of a link. Its token does not stay in the address. */
export function BookingEntry({ slug }: { slug: string }) {
  /** Undefined until the address was read: the server does not see the fragment. */
  const [token, setToken] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    function readAddress(): void {
      const given = tokenOf(window.location.href);
      if (given) window.history.replaceState(null, '', window.location.pathname);
      setToken((held) => given ?? held ?? null);
    }
    readAddress();
    // The link of the mail, opened where this page stands already.
    window.addEventListener('hashchange', readAddress);
    return () => window.removeEventListener('hashchange', readAddress);
  }, []);
  if (token === undefined) {
    return (
      <BookingFrame clinic={null}>
        <div aria-busy="true">
          <Skeleton className="h-48" />
        </div>
      </BookingFrame>
    );
  }
  return token === null ? (
    <BookingScreen slug={slug} onManage={setToken} />
  ) : (
    <ReservationScreen slug={slug} token={token} onAnother={() => setToken(null)} />
  );
}
