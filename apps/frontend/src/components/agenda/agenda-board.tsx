'use client';
import type { ClinicDoctor, Consultation } from '@medcall/shared-types';
import { useState } from 'react';
import { Remote } from '#components/shared/remote.tsx';
import { Skeleton } from '#components/ui/skeleton.ts';
import { useToast } from '#components/ui/toast.ts';
import { type AgendaItem, inTheWay } from '#lib/agenda/grid.ts';
import { weekOf } from '#lib/agenda/open-times.ts';
import { instantOf, type LocalMoment } from '#lib/agenda/zone.ts';
import { agendaMessages as text } from '#messages/agenda.ts';
import type { AgendaPlace } from './agenda-place.ts';
import { AgendaToolbar } from './agenda-toolbar.tsx';
import { BookingDialog } from './booking-dialog.tsx';
import type { BookingWish } from './booking-form.tsx';
import { DayList } from './day-list.tsx';
import { GoogleConflicts } from './google-conflicts.tsx';
import { ItemDialog } from './item-dialog.tsx';
import { MoveDialog, type TimedMove, type WishedMove } from './move-dialog.tsx';
import { NoHoursHint } from './no-hours-hint.tsx';
import { PrintedAgenda } from './printed-agenda.tsx';
import { TimeGrid } from './time-grid.tsx';
import { useAgenda } from './use-agenda.ts';
import { useMove } from './use-move.ts';
import { useWide } from './use-wide.ts';

interface Props {
  place: AgendaPlace;
  doctor: ClinicDoctor;
  /** To choose from; empty for a doctor, who has his own. */
  doctors: readonly ClinicDoctor[];
  isOwn: boolean;
}

/** The agenda of one doctor with everything that can be done in it. */
export function AgendaBoard({ place, doctor, doctors, isOwn }: Props) {
  const wide = useWide();
  const toast = useToast();
  const view = wide ? (place.view ?? 'semana') : 'dia';
  const week = weekOf(place.day);
  const days = view === 'semana' ? week : [place.day];
  const agenda = useAgenda(doctor.id, week[0] ?? place.day, week[6] ?? place.day);
  const [cancelledShown, setCancelledShown] = useState(false);
  const [wish, setWish] = useState<BookingWish | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [moving, setMoving] = useState<WishedMove | null>(null);
  const move = useMove(agenda);
  const { availability } = agenda;
  const timeZone = availability?.timezone ?? 'America/Sao_Paulo';
  const shownOnly = ({ consultation }: AgendaItem) =>
    cancelledShown || consultation.status !== 'CANCELLED';
  const items = agenda.items?.filter(shownOnly);

  /** Asks before it is done; what cannot be is said at once. */
  function wishToMove(item: AgendaItem, to: LocalMoment, minutes: number | null = null): void {
    const refused = refusalOf(agenda.items ?? [], { item, to, minutes }, timeZone);
    if (refused) toast({ title: refused, tone: 'danger' });
    else setMoving({ item, to, minutes });
  }

  const shared = {
    items: items ?? [],
    onOpen: ({ consultation }: AgendaItem) => setOpenId(consultation.id),
    onSlot: (at: LocalMoment) => setWish({ day: at.day, minutes: at.minutes }),
  };
  return (
    <>
      <AgendaToolbar
        place={{ ...place, doctorId: doctors.length > 0 ? doctor.id : null }}
        view={view}
        wide={wide}
        week={week}
        doctors={doctors}
        doctorId={doctor.id}
        cancelledShown={cancelledShown}
        onCancelledShown={setCancelledShown}
        onBook={() => setWish({ day: place.day, minutes: null })}
      />
      {availability && availability.hours.length === 0 ? (
        <NoHoursHint doctorId={doctors.length > 0 ? doctor.id : null} />
      ) : null}
      {isOwn ? <GoogleConflicts agenda={agenda} onMove={wishToMove} /> : null}
      <Remote
        data={items && availability ? { items, availability } : undefined}
        error={agenda.error}
        failed={text.failed}
        onRetry={() => void agenda.reload()}
        skeleton={<Skeleton className="h-[60dvh]" />}
      >
        {(known) =>
          wide ? (
            <TimeGrid
              {...shared}
              days={days}
              availability={known.availability}
              onMove={wishToMove}
            />
          ) : (
            <DayList {...shared} place={place} week={week} availability={known.availability} />
          )
        }
      </Remote>
      <PrintedAgenda days={days} items={shared.items} />
      <BookingDialog
        wish={wish}
        doctorId={doctor.id}
        agenda={agenda}
        onClose={() => setWish(null)}
      />
      <ItemDialog
        item={agenda.items?.find(({ consultation }) => consultation.id === openId) ?? null}
        isOwn={isOwn}
        agenda={agenda}
        onClose={() => setOpenId(null)}
        onMove={(item) => {
          setOpenId(null);
          setMoving({ item, to: null, minutes: null });
        }}
        onReturn={(consultation: Consultation) => {
          setOpenId(null);
          setWish({ day: place.day, minutes: null, returnOf: consultation });
        }}
      />
      <MoveDialog
        wish={moving}
        onClose={() => setMoving(null)}
        onAsk={wishToMove}
        onMove={(wish) => {
          setMoving(null);
          void move(wish, timeZone);
        }}
      />
    </>
  );
}

/** Why a booking cannot go there, as far as this screen knows; null when it may. */
function refusalOf(
  items: readonly AgendaItem[],
  { item: { consultation, end, start }, to, minutes }: TimedMove,
  timeZone: string,
): string | null {
  const moved = { id: consultation.id, doctorId: consultation.doctor_id };
  const other = inTheWay(items, moved, to, minutes ?? end - start);
  if (other) return text.booking.taken(other.consultation.patient?.name ?? '');
  return Date.parse(instantOf(to, timeZone)) < Date.now() ? text.booking.past : null;
}
