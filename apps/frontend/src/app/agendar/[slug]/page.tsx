import type { Metadata } from 'next';
import { BookingEntry } from '#components/booking/booking-entry.tsx';
import { Toasts } from '#components/shared/toasts.tsx';
import { bookingMessages } from '#messages/booking.ts';

export const metadata: Metadata = { title: bookingMessages.title };

/** Public: patients book by themselves. */
export default async function BookingPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return (
    <>
      <BookingEntry slug={slug} />
      <Toasts />
    </>
  );
}
