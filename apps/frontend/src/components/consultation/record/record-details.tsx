import type { Consultation, Transcript } from '@medcall/shared-types';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { engineName } from '#lib/engine-names.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { dashboardMessages } from '#messages/dashboard.ts';
import { recordMessages as text } from '#messages/record.ts';

/** When, how long, with whom, and which engine wrote. */
export function RecordDetails({
  consultation,
  transcript,
}: {
  consultation: Consultation;
  transcript: Transcript | null;
}) {
  const { doctor, scheduled_at, started_at, ended_at, type, created_at } = consultation;
  const at = started_at ?? scheduled_at ?? created_at;
  const minutes =
    started_at && ended_at
      ? Math.floor((Date.parse(ended_at) - Date.parse(started_at)) / 60_000)
      : null;
  const engines = [...new Set(transcript?.items.map(({ engine }) => engine).filter(Boolean))];
  const rows = [
    [text.date, `${formatDate(at)}, ${formatTime(at)}`],
    [text.type, dashboardMessages.type[type]],
    [text.duration, minutes === null ? null : text.minutes(minutes)],
    [text.doctor, doctor ? `${doctor.nome} · CRM ${doctor.crm}` : null],
    [text.engine, engines.map((engine) => engineName(engine ?? '')).join(', ') || null],
  ] as const;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.details}</CardTitle>
      </CardHeader>
      <CardContent>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {rows.map(([label, value]) =>
            value === null ? null : (
              <div key={label} className="contents">
                <dt className="text-ink-soft">{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
      </CardContent>
    </Card>
  );
}
