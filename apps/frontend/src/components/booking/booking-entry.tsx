'use client';
import { useEffect, useState } from 'react';
import { BookingScreen } from './booking-screen.tsx';
import { ReservationScreen } from './reservation-screen.tsx';

interface Props {
  slug: string;
  /** Of the address: opens the reservation that it belongs to. */
  token: string | null;
}

/** Books, or shows a reservation. Its token does not stay in the address. */
export function BookingEntry({ slug, token }: Props) {
  const [held, setHeld] = useState(token);
  useEffect(() => {
    if (token) window.history.replaceState(null, '', `/agendar/${encodeURIComponent(slug)}`);
  }, [token, slug]);
  return held ? (
    <ReservationScreen slug={slug} token={held} onAnother={() => setHeld(null)} />
  ) : (
    <BookingScreen slug={slug} onManage={setHeld} />
  );
}
