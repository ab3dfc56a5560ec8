'use client';
import { type IncidentDetail, incidentLabels } from '@medcall/shared-types';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import useSWR, { useSWRConfig } from 'swr';
import { DownloadButton } from '#components/shared/download-button.tsx';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Badge } from '#components/ui/badge.ts';
import { formatDate } from '#lib/utils.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';
import { IncidentFactsCard } from './incident-facts-card.tsx';
import { IncidentHistoryCard } from './incident-history-card.tsx';
import { IncidentNoticeCard } from './incident-notice-card.tsx';
import { IncidentPeopleCard } from './incident-people-card.tsx';
import { IncidentSteps } from './incident-steps.tsx';
import { isListOf } from './list-keys.ts';

/** One incident: its clock, what can be done next, what is known, who is affected, what goes out. */
export function IncidentPanel({ id }: { id: string }) {
  const gateway = useGateway();
  const { mutate: mutateLists } = useSWRConfig();
  const { data, error, mutate } = useSWR(['incident', id], () => gateway.incident(id), {
    revalidateOnFocus: false,
  });
  return (
    <div className="flex flex-col gap-5">
      <Link
        href="/admin?aba=incidentes"
        className="inline-flex min-h-11 items-center gap-2 self-start font-semibold text-accent"
      >
        <ArrowLeft aria-hidden="true" className="size-4" />
        {text.back}
      </Link>
      <Remote data={data} error={error} failed={text.failedOne} onRetry={() => void mutate()}>
        {(incident) => {
          const changed = (next?: IncidentDetail) => {
            void mutate(next, next === undefined);
            void mutateLists(isListOf('incidents'));
          };
          const closed = incident.status === 'closed';
          return (
            <>
              <Head incident={incident} />
              <ClockAlert incident={incident} />
              <IncidentSteps incident={incident} onChanged={changed} />
              <IncidentFactsCard incident={incident} onChanged={changed} />
              <IncidentPeopleCard incident={incident} closed={closed} onChanged={() => changed()} />
              <IncidentNoticeCard incident={incident} />
              <IncidentHistoryCard incident={incident} />
            </>
          );
        }}
      </Remote>
    </div>
  );
}

function Head({ incident }: { incident: IncidentDetail }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <div className="flex min-w-0 flex-wrap items-center gap-3">
        <h2 className="text-xl font-bold break-words">
          {text.numbered(incident.number, incident.title)}
        </h2>
        <Badge>{incidentLabels.status[incident.status]}</Badge>
      </div>
      <DownloadButton
        label={text.export}
        failure={text.exportFailed}
        request={{
          path: `/api/incidents/${incident.id}/export`,
          fileName: `incidente-${incident.number}.zip`,
        }}
      />
    </div>
  );
}

/** What is due until when, and what the form still lacks. */
function ClockAlert({ incident: { clock, missing, status } }: { incident: IncidentDetail }) {
  const gaps =
    missing.length > 0 ? `${text.missing(missing.length)}: ${missing.join('; ')}.` : null;
  const settled =
    status === 'closed' || (status === 'not_required' && clock.waits_for.length === 0);
  if (settled) return null;
  const next = clock.waits_for[0] === 'completion' ? clock.complete_by : clock.due_on;
  if (clock.days_left === null || next === null) {
    const done = status === 'communicated';
    return (
      <Alert tone={done ? 'ok' : 'neutral'} title={done ? text.complete : text.notRunning}>
        {done ? gaps : text.notRunningText}
      </Alert>
    );
  }
  const what = clock.waits_for.map((one) => incidentLabels.waitsFor[one]).join(', ');
  const tone = clock.overdue ? 'danger' : clock.days_left <= 1 ? 'warning' : 'accent';
  return (
    <Alert
      tone={tone}
      data-testid="incident-clock"
      title={`${text.due(what, formatDate(`${next}T12:00:00Z`))} (${
        clock.overdue ? text.late : text.daysLeft(clock.days_left)
      })`}
    >
      {clock.overdue ? `${text.lateText} ` : null}
      {gaps ?? text.complete}
    </Alert>
  );
}
