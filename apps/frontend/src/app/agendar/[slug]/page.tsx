import type { Metadata } from 'next';
import { BookingEntry } from '#components/booking/booking-entry.tsx';
import { bookingMessages } from '#messages/booking.ts';

export const metadata: Metadata = { title: bookingMessages.title };

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ reserva?: string | string[] }>;
}

/** Public: patients book by themselves. */
export default async function BookingPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { reserva } = await searchParams;
  return <BookingEntry slug={slug} token={typeof reserva === 'string' ? reserva : null} />;
}
