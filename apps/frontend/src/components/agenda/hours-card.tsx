'use client';
import type { Availability } from '@medcall/shared-types';
import { type FormEvent, useRef, useState } from 'react';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { useToast } from '#components/ui/toast.ts';
import { ApiError, errorSentence } from '#lib/api/api-error.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { type HoursRow, nextInterval, repeatOnWorkdays, troubles } from './hours-form.ts';
import { WeekdayHours } from './weekday-hours.tsx';

const text = agendaMessages.schedule;
/** Monday first: the week as one works it. */
const order = [1, 2, 3, 4, 5, 6, 0];

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
  const lastKey = useRef(0);
  const newKey = () => {
    lastKey.current += 1;
    return lastKey.current;
  };
  const [rows, setRows] = useState<HoursRow[]>(() =>
    availability.hours.map((row) => ({ ...row, key: newKey() })),
  );
  const [online, setOnline] = useState(availability.accepts_online_booking);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const wrong = troubles(rows);

  function add(weekday: number): void {
    const ofDay = rows.filter((row) => row.weekday === weekday);
    const model = ofDay.at(-1) ?? rows[0];
    const slot_minutes = model?.slot_minutes ?? 30;
    const added = { weekday, slot_minutes, valid_from: null, valid_until: null, key: newKey() };
    setRows([...rows, { ...added, ...nextInterval(ofDay) }]);
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (wrong.size > 0) return;
    setBusy(true);
    setTrouble(null);
    try {
      const saved = await gateway.replaceAvailability({
        doctor_id: availability.doctor_id,
        version: availability.version,
        hours: rows.map(({ key: _key, ...row }) => row),
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
          <ul className="divide-y divide-line">
            {order.map((weekday) => {
              const ofDay = rows
                .filter((row) => row.weekday === weekday)
                .sort((a, b) => a.key - b.key);
              return (
                <WeekdayHours
                  key={weekday}
                  weekday={weekday}
                  rows={ofDay}
                  wrong={wrong}
                  onAdd={() => add(weekday)}
                  onRepeat={() => setRows(repeatOnWorkdays(rows, weekday, newKey))}
                  onChange={(changed) =>
                    setRows(rows.map((each) => (each.key === changed.key ? changed : each)))
                  }
                  onRemove={(key) => setRows(rows.filter((each) => each.key !== key))}
                />
              );
            })}
          </ul>
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
          <Button type="submit" className="self-start" busy={busy} disabled={wrong.size > 0}>
            {text.save}
          </Button>
        </form>
      </CardContent>
    </Card>
  );
}
