'use client';
import type { IncidentDetail } from '@medcall/shared-types';
import { useState } from 'react';
import useSWR from 'swr';
import { ChoiceBar } from '#components/shared/choice-bar.tsx';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';

const kinds = { individual: text.individual, public: text.public } as const;

/** Drafts of the notice to the people concerned, for reading and copying. */
export function IncidentNoticeCard({ incident }: { incident: IncidentDetail }) {
  const gateway = useGateway();
  const [shown, setShown] = useState(false);
  const [kind, setKind] = useState<keyof typeof kinds>('individual');
  const { data, error, mutate } = useSWR(
    shown ? ['incident-notice', incident.id, incident.revision] : null,
    () => gateway.incidentNotice(incident.id),
    { revalidateOnFocus: false },
  );
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <CardTitle>{text.notice}</CardTitle>
        {shown ? null : (
          <Button size="sm" variant="secondary" onClick={() => setShown(true)}>
            {text.noticeShow}
          </Button>
        )}
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        <p className="text-ink-soft">{text.noticeText}</p>
        {shown ? (
          <Remote data={data} error={error} failed={text.failedOne} onRetry={() => void mutate()}>
            {(notice) => (
              <>
                <ChoiceBar
                  label={text.noticeKind}
                  choices={kinds}
                  value={kind}
                  onChange={setKind}
                />
                {notice.missing.length > 0 ? (
                  <Alert tone="warning" title={text.noticeGaps}>
                    {notice.missing.join('; ')}
                  </Alert>
                ) : null}
                <div
                  data-testid="incident-notice"
                  className="max-w-prose rounded-md border border-line p-4 whitespace-pre-line"
                >
                  {notice[kind]}
                </div>
              </>
            )}
          </Remote>
        ) : null}
      </CardContent>
    </Card>
  );
}
