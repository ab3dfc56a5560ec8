'use client';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import type { AgendaItem } from '#lib/agenda/grid.ts';
import { clockOf, type LocalMoment, minutesOf } from '#lib/agenda/zone.ts';
import { formatDate } from '#lib/utils.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { sharedMessages } from '#messages/shared.ts';

export interface WishedMove {
  item: AgendaItem;
  /** Null: the person still has to say when. */
  to: LocalMoment | null;
  /** Null: as long as before. */
  minutes: number | null;
}
export type TimedMove = WishedMove & { to: LocalMoment };

const text = agendaMessages.move;

interface Props {
  wish: WishedMove | null;
  onClose: () => void;
  /** A time was given in the form; the answer comes back as a wish with a time. */
  onAsk: (item: AgendaItem, to: LocalMoment) => void;
  onMove: (wish: TimedMove) => void;
}

/** Asks when, if nobody said, and then once whether that is meant. */
export function MoveDialog({ wish, onClose, onAsk, onMove }: Props) {
  const name = wish?.item.consultation.patient?.name ?? '';
  const { item, to, minutes = null } = wish ?? {};
  const close = (next: boolean) => {
    if (!next) onClose();
  };
  if (item && !to) {
    return (
      <Dialog open onOpenChange={close} title={text.formTitle(name)}>
        <WhenForm item={item} onDone={(at) => onAsk(item, at)} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open={item !== undefined}
      onOpenChange={close}
      title={text.title}
      description={
        item && to
          ? text.fromTo(name, momentWords(item.day, item.start), thereWords(item, to, minutes))
          : ''
      }
      footer={
        <>
          <Button variant="secondary" onClick={onClose}>
            {sharedMessages.cancel}
          </Button>
          <Button
            onClick={() => {
              if (item && to) onMove({ item, to, minutes });
            }}
          >
            {text.action}
          </Button>
        </>
      }
    >
      <p className="text-ink-soft">{text.told}</p>
    </Dialog>
  );
}

function WhenForm({ item, onDone }: { item: AgendaItem; onDone: (at: LocalMoment) => void }) {
  const [day, setDay] = useState(item.day);
  const [clock, setClock] = useState(clockOf(item.start));
  const minutes = minutesOf(clock);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (day !== '' && minutes !== null) onDone({ day, minutes });
  }

  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
      <div className="grid grid-cols-2 gap-3">
        <Field label={text.day}>
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
      </div>
      <Button type="submit" disabled={day === '' || minutes === null}>
        {text.action}
      </Button>
    </form>
  );
}

/** With the end where the length is another. */
function thereWords({ end, start }: AgendaItem, to: LocalMoment, minutes: number | null): string {
  const from = momentWords(to.day, to.minutes);
  if (minutes === null || minutes === end - start) return from;
  return agendaMessages.google.until(from, clockOf((to.minutes + minutes) % (24 * 60)));
}

function momentWords(day: string, minutes: number): string {
  return `${formatDate(`${day}T12:00:00Z`).slice(0, 5)}, ${clockOf(minutes)}`;
}
