'use client';
import { type IncidentDetail, incidentPartName } from '@medcall/shared-types';
import { useState } from 'react';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';

/** Versions of an incident, the latest first. */
export function IncidentHistoryCard({ incident }: { incident: IncidentDetail }) {
  const gateway = useGateway();
  const [shown, setShown] = useState(false);
  const { data, error, mutate } = useSWR(
    shown ? ['incident-history', incident.id, incident.revision] : null,
    () => gateway.incidentHistory(incident.id),
    { revalidateOnFocus: false },
  );
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <CardTitle>{text.history}</CardTitle>
        {shown ? null : (
          <Button size="sm" variant="secondary" onClick={() => setShown(true)}>
            {text.historyShow}
          </Button>
        )}
      </CardHeader>
      {shown ? (
        <CardContent>
          <Remote data={data} error={error} failed={text.failedOne} onRetry={() => void mutate()}>
            {({ items }) => (
              <ol className="divide-y divide-line">
                {items.map((one) => (
                  <li key={one.revision} data-testid="incident-version" className="py-2">
                    <p className="font-semibold">
                      {text.historyLine(
                        one.revision,
                        `${formatDate(one.at)} ${formatTime(one.at)}`,
                        one.by ?? text.bySystem,
                      )}
                    </p>
                    <p className="text-sm text-ink-soft">
                      {one.changed.map(incidentPartName).join(', ')}
                    </p>
                    {one.reason ? <p className="text-sm">{one.reason}</p> : null}
                  </li>
                ))}
              </ol>
            )}
          </Remote>
        </CardContent>
      ) : null}
    </Card>
  );
}
