'use client';
import type { Consultation, ConsultationType, PatientCard } from '@medcall/shared-types';
import { useState } from 'react';
import { NewPatientForm } from '#components/dashboard/new-patient-form.tsx';
import { PatientPicker } from '#components/dashboard/patient-picker.tsx';
import { TypeChoice } from '#components/dashboard/type-choice.tsx';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input, Select } from '#components/ui/input.ts';
import { clockOf, minutesOf } from '#lib/agenda/zone.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { usualLength } from './booking-rules.ts';
import { FreeTimes } from './free-times.tsx';
import type { Agenda } from './use-agenda.ts';
import { useBooking } from './use-booking.ts';

export interface BookingWish {
  day: string;
  /** Null: no time was pressed; the form offers free ones. */
  minutes: number | null;
  /** The consultation that the new one returns to. */
  returnOf?: Consultation;
}

const text = agendaMessages.booking;
const lengths = [15, 20, 30, 40, 45, 60, 90];

interface Props {
  wish: BookingWish;
  doctorId: string;
  agenda: Agenda;
  onClose: () => void;
}

/** When, how long, how, and for whom. Choosing the patient books. */
export function BookingForm({ wish, doctorId, agenda, onClose }: Props) {
  const [day, setDay] = useState(wish.day);
  const [clock, setClock] = useState(
    wish.minutes === null || wish.minutes < 0 ? '' : clockOf(wish.minutes),
  );
  const usual = usualLength(agenda.availability, wish.day, wish.minutes ?? -1);
  const [length, setLength] = useState(usual);
  const [type, setType] = useState<ConsultationType>(wish.returnOf?.type ?? 'ONLINE');
  const [newName, setNewName] = useState<string | null>(null);
  const { book, busy, trouble } = useBooking({ doctorId, agenda, onClose });
  const minutes = minutesOf(clock);

  function take(patient: Pick<PatientCard, 'id' | 'name'>): void {
    void book({ patient, day, minutes, length, type, returnOf: wish.returnOf?.id });
  }

  if (newName !== null) {
    return <NewPatientForm name={newName} onCreated={take} onBack={() => setNewName(null)} />;
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_8rem_8rem]">
        <Field label={text.day} className="col-span-2 sm:col-span-1">
          <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        </Field>
        <Field label={text.time}>
          <Input
            type="time"
            step={300}
            value={clock}
            onChange={(event) => setClock(event.target.value)}
          />
        </Field>
        <Field label={text.length}>
          <Select value={length} onChange={(event) => setLength(Number(event.target.value))}>
            {[...new Set([...lengths, usual])]
              .sort((a, b) => a - b)
              .map((count) => (
                <option key={count} value={count}>
                  {text.minutes(count)}
                </option>
              ))}
          </Select>
        </Field>
      </div>
      {wish.minutes === null || wish.minutes < 0 ? (
        <FreeTimes
          doctorId={doctorId}
          from={day}
          length={length}
          chosen={{ day, clock }}
          onChoose={(slot) => {
            setDay(slot.day);
            setClock(slot.clock);
          }}
        />
      ) : null}
      <TypeChoice value={type} onChange={setType} />
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      {wish.returnOf?.patient ? (
        <Button
          size="lg"
          busy={busy}
          onClick={() => {
            if (wish.returnOf?.patient) take(wish.returnOf.patient);
          }}
        >
          {text.submit}
        </Button>
      ) : (
        <fieldset disabled={busy} aria-busy={busy}>
          <PatientPicker onPick={take} onNew={setNewName} />
        </fieldset>
      )}
    </div>
  );
}
