'use client';
import type { Availability } from '@medcall/shared-types';
import { type FormEvent, useState } from 'react';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { useToast } from '#components/ui/toast.ts';
import { ApiError, errorSentence } from '#lib/api/api-error.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { useHoursRows } from './use-hours-rows.ts';
import { WeekHours } from './week-hours.tsx';

const text = agendaMessages.schedule;

interface Props {
  availability: Availability;
  onSaved: (availability: Availability) => void;
  /** Somebody else saved meanwhile: what is there now is read again. */
  onStale: () => void;
}

/** The weekly hours as a form. */
export function HoursCard({ availability, onSaved, onStale }: Props) {
  const gateway = useGateway();
  const toast = useToast();
  const hours = useHoursRows(availability.hours);
  const [online, setOnline] = useState(availability.accepts_online_booking);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (hours.wrong.size > 0) return;
    setBusy(true);
    setTrouble(null);
    try {
      const saved = await gateway.replaceAvailability({
        doctor_id: availability.doctor_id,
        version: availability.version,
        hours: hours.rows.map(({ key: _key, ...row }) => row),
        accepts_online_booking: online,
      });
      toast({ title: text.saved, tone: 'ok' });
      onSaved(saved);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'version_conflict') {
        toast({ title: text.changed, tone: 'danger' });
        onStale();
      } else setTrouble(errorSentence(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.title}</CardTitle>
      </CardHeader>
      <CardContent>
        <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
          <p className="text-ink-soft">{text.lead}</p>
          <WeekHours hours={hours} none={text.none} withSlots />
          <Checkbox
            checked={online}
            onCheckedChange={setOnline}
            label={text.online}
            description={text.onlineText}
          />
          {trouble ? (
            <Alert tone="danger" title={text.saveFailed}>
              {trouble}
            </Alert>
          ) : null}
          <Button type="submit" className="self-start" busy={busy} disabled={hours.wrong.size > 0}>
            {text.save}
          </Button>
        </form>
      </CardContent>
    </Card>
  );
}
