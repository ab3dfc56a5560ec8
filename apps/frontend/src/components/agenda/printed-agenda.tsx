import type { AgendaItem } from '#lib/agenda/grid.ts';
import { clockOf } from '#lib/agenda/zone.ts';
import { formatLongDate } from '#lib/utils.ts';
import { agendaMessages as text } from '#messages/agenda.ts';
import { dashboardMessages } from '#messages/dashboard.ts';

interface Props {
  days: readonly string[];
  items: readonly AgendaItem[];
}

/** The agenda on paper: a list, since a grid of hours is mostly white and its bookings are buttons. */
export function PrintedAgenda({ days, items }: Props) {
  return (
    <div className="hidden print:block">
      {days.map((day) => {
        const ofDay = items.filter((item) => item.day === day).sort((a, b) => a.start - b.start);
        return (
          <section key={day} className="mb-4 break-inside-avoid">
            <h2 className="font-bold first-letter:uppercase">
              {formatLongDate(`${day}T12:00:00Z`)}
            </h2>
            {ofDay.length === 0 ? <p className="text-ink-soft">{text.empty}</p> : null}
            <ul>
              {ofDay.map(({ consultation, start, end }) => (
                <li key={consultation.id}>
                  {clockOf(start)}–{clockOf(end)} · {consultation.patient?.name ?? '—'} ·{' '}
                  {dashboardMessages.type[consultation.type]}
                  {consultation.status === 'WAITING'
                    ? ''
                    : ` · ${dashboardMessages.status[consultation.status]}`}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
