'use client';
import type { Clinic, UpdateClinic } from '@medcall/shared-types';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { clinicMessages as text } from '#messages/admin/clinic.ts';
import { BookingAddress } from './booking-address.tsx';
import { BookingRulesForm } from './booking-rules-form.tsx';

interface Props {
  clinic: Clinic;
  /** Null for whoever only reads. */
  onSave: ((changes: UpdateClinic) => Promise<void>) | null;
}

/** The page on which patients book by themselves: its address and its rules. */
export function BookingCard({ clinic, onSave }: Props) {
  const open = clinic.booking_rules.enabled;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.booking}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        <p className="text-ink-soft">{open ? text.bookingText : text.bookingOff}</p>
        {open ? <BookingAddress slug={clinic.slug} /> : null}
        {onSave ? <BookingRulesForm clinic={clinic} onSave={onSave} /> : null}
      </CardContent>
    </Card>
  );
}
