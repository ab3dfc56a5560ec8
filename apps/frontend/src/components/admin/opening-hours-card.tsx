'use client';
import type { Clinic, UpdateClinic } from '@medcall/shared-types';
import type { FormEvent } from 'react';
import { useHoursRows } from '#components/agenda/use-hours-rows.ts';
import { WeekHours } from '#components/agenda/week-hours.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { clinicMessages as text } from '#messages/admin/clinic.ts';

interface Props {
  clinic: Clinic;
  onSave: (changes: UpdateClinic) => Promise<void>;
}

/** When the clinic is open; it limits what the booking page offers. */
export function OpeningHoursCard({ clinic, onSave }: Props) {
  const { act, busy } = useAct();
  const hours = useHoursRows(
    // Of a row of the form, the clinic has the day and the interval only.
    clinic.opening_hours.map((row) => ({
      ...row,
      slot_minutes: 30,
      valid_from: null,
      valid_until: null,
    })),
  );

  function save(event: FormEvent): void {
    event.preventDefault();
    const opening_hours = hours.rows.map(({ weekday, start, end }) => ({ weekday, start, end }));
    void act(() => onSave({ opening_hours }), {
      done: { title: text.openingSaved },
      failed: text.openingFailed,
    });
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.opening}</CardTitle>
      </CardHeader>
      <CardContent>
        <form noValidate className="flex flex-col gap-4" onSubmit={save}>
          <p className="text-ink-soft">{text.openingLead}</p>
          <WeekHours hours={hours} none={text.closed} withSlots={false} />
          <Button type="submit" className="self-start" busy={busy} disabled={hours.wrong.size > 0}>
            {text.openingSave}
          </Button>
        </form>
      </CardContent>
    </Card>
  );
}
