'use client';
import type { ClinicDoctor } from '@medcall/shared-types';
import { ChevronLeft, ChevronRight, Clock, Plus } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { ChoiceBar } from '#components/shared/choice-bar.tsx';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { Select } from '#components/ui/input.ts';
import { addDays, formatLongDate } from '#lib/utils.ts';
import { agendaMessages as text } from '#messages/agenda.ts';
import { type AgendaPlace, hrefOf } from './agenda-place.ts';
import { scheduleHref } from './schedule-href.ts';
import { weekTitle } from './week-title.ts';

interface Props {
  place: AgendaPlace;
  view: 'semana' | 'dia';
  wide: boolean;
  week: readonly string[];
  doctors: readonly ClinicDoctor[];
  doctorId: string;
  cancelledShown: boolean;
  onCancelledShown: (shown: boolean) => void;
  onBook: () => void;
}

/** Where one is in time, whose agenda it is, and what can be begun. */
export function AgendaToolbar(props: Props) {
  const { place, view, wide, week, doctors, doctorId, cancelledShown, onCancelledShown } = props;
  const router = useRouter();
  const step = view === 'semana' ? 7 : 1;
  const { previousWeek, nextWeek, previousDay, nextDay } = text;
  return (
    <div className="mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div>
          <h1 className="text-2xl font-bold">{text.title}</h1>
          <p className="text-ink-soft first-letter:uppercase">
            {view === 'semana' ? weekTitle(week) : formatLongDate(`${place.day}T12:00:00Z`)}
          </p>
        </div>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <Button asChild variant="secondary" size="icon">
            <Link
              href={hrefOf({ ...place, day: addDays(place.day, -step) })}
              aria-label={view === 'semana' ? previousWeek : previousDay}
            >
              <ChevronLeft aria-hidden="true" />
            </Link>
          </Button>
          <Button asChild variant="secondary">
            <Link href={hrefOf({ ...place, day: null })}>{text.today}</Link>
          </Button>
          <Button asChild variant="secondary" size="icon">
            <Link
              href={hrefOf({ ...place, day: addDays(place.day, step) })}
              aria-label={view === 'semana' ? nextWeek : nextDay}
            >
              <ChevronRight aria-hidden="true" />
            </Link>
          </Button>
          <Button onClick={props.onBook}>
            <Plus aria-hidden="true" />
            {text.book}
          </Button>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3 print:hidden">
        {wide ? (
          <ChoiceBar
            label={text.view}
            choices={text.views}
            value={view}
            onChange={(next) => router.push(hrefOf({ ...place, view: next }))}
          />
        ) : null}
        {doctors.length > 1 ? (
          <Select
            aria-label={text.doctor}
            className="w-auto min-w-56"
            value={doctorId}
            onChange={(event) => router.push(hrefOf({ ...place, doctorId: event.target.value }))}
          >
            {doctors.map(({ id, nome }) => (
              <option key={id} value={id}>
                {nome}
              </option>
            ))}
          </Select>
        ) : null}
        <Checkbox
          checked={cancelledShown}
          onCheckedChange={onCancelledShown}
          label={text.showCancelled}
        />
        <Button asChild variant="quiet" size="sm" className="sm:ml-auto">
          <Link href={scheduleHref(doctors.length > 0 ? doctorId : null)}>
            <Clock aria-hidden="true" />
            {text.hours}
          </Link>
        </Button>
      </div>
    </div>
  );
}
