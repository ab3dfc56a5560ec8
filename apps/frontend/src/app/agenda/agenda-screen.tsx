'use client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import useSWR from 'swr';
import { ConsultationRow } from '#components/dashboard/consultation-row.tsx';
import { ConsultationSection } from '#components/dashboard/consultation-section.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { addDays, calendarDay, cn, formatDate, formatLongDate } from '#lib/utils.ts';
import { agendaMessages as text } from '#messages/agenda.ts';
import { sharedMessages } from '#messages/shared.ts';

const weekday = new Intl.DateTimeFormat('pt-BR', { weekday: 'short', timeZone: 'UTC' });

/** The days of one week and the list of the chosen day. The day is in the address. */
export function AgendaScreen({ day }: { day: string }) {
  const gateway = useGateway();
  const days = weekOf(day);
  const { data: me } = useSWR('me', () => gateway.me(), { revalidateOnFocus: false });
  const week = useSWR(
    ['week', days[0]],
    async () => {
      const lists = await Promise.all(
        days.map((each) => gateway.consultations({ day: each, limit: 100 })),
      );
      return new Map(days.map((each, at) => [each, lists[at]?.items ?? []]));
    },
    { keepPreviousData: true },
  );
  const today = calendarDay(new Date());
  const items = [...(week.data?.get(day) ?? [])].sort((a, b) =>
    (a.scheduled_at ?? a.created_at).localeCompare(b.scheduled_at ?? b.created_at),
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-2xl font-bold">{text.title}</h1>
        <div className="flex gap-2">
          <Button asChild variant="secondary" size="icon">
            <Link href={`/agenda?dia=${addDays(day, -7)}`} aria-label={text.previousWeek}>
              <ChevronLeft aria-hidden="true" />
            </Link>
          </Button>
          <Button asChild variant="secondary">
            <Link href="/agenda">{text.today}</Link>
          </Button>
          <Button asChild variant="secondary" size="icon">
            <Link href={`/agenda?dia=${addDays(day, 7)}`} aria-label={text.nextWeek}>
              <ChevronRight aria-hidden="true" />
            </Link>
          </Button>
        </div>
      </div>
      {week.error ? (
        <Alert
          tone="danger"
          title={text.failed}
          className="mb-4"
          action={
            <Button size="sm" variant="secondary" onClick={() => void week.mutate()}>
              {sharedMessages.retry}
            </Button>
          }
        >
          {errorSentence(week.error)}
        </Alert>
      ) : null}
      <nav aria-label={text.week} className="mb-5 grid grid-cols-7 gap-1 sm:gap-2">
        {days.map((each) => {
          const count = week.data?.get(each)?.length ?? 0;
          return (
            <Link
              key={each}
              href={`/agenda?dia=${each}`}
              aria-current={each === day ? 'date' : undefined}
              aria-label={`${formatLongDate(`${each}T12:00:00Z`)}: ${text.count(count)}`}
              className={cn(
                'flex flex-col items-center rounded-lg border py-2',
                each === day
                  ? 'border-accent bg-accent-wash'
                  : 'border-line bg-paper hover:bg-ground',
              )}
            >
              <span className={cn('text-sm', each === today ? 'font-bold' : 'text-ink-soft')}>
                {weekday.format(new Date(`${each}T12:00:00Z`)).replace('.', '')}
              </span>
              <span className="text-lg font-bold">{each.slice(8)}</span>
              <span className="h-5 text-sm text-ink-soft">{count > 0 ? count : ''}</span>
            </Link>
          );
        })}
      </nav>
      <ConsultationSection
        title={formatDate(`${day}T12:00:00Z`)}
        loading={week.isLoading}
        empty={text.empty}
      >
        {items.map((item) => (
          <ConsultationRow key={item.id} consultation={item} doctorId={me?.doctor?.id ?? null} />
        ))}
      </ConsultationSection>
    </>
  );
}

/** Sunday to Saturday around a day, as Brazilian calendars go. */
function weekOf(day: string): string[] {
  const first = addDays(day, -new Date(`${day}T12:00:00Z`).getUTCDay());
  return Array.from({ length: 7 }, (_, at) => addDays(first, at));
}
