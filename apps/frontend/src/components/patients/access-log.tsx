'use client';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { formatDate, formatTime, lowerFirst } from '#lib/utils.ts';
import { patientsMessages as text } from '#messages/patients.ts';

/** Who opened this chart and when, as the audit trail has it. */
export function AccessLog({ patientId }: { patientId: string }) {
  const gateway = useGateway();
  const { data, error } = useSWR(['access-log', patientId], () => gateway.accessLog(patientId), {
    revalidateOnFocus: false,
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.access}</CardTitle>
      </CardHeader>
      <CardContent>
        {error && !data ? <p className="text-ink-soft">{text.accessFailed}</p> : null}
        {!data && !error ? <Skeleton className="h-24" /> : null}
        {data?.items.length === 0 ? <p className="text-ink-soft">{text.accessEmpty}</p> : null}
        <ul
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1).
          tabIndex={0}
          aria-label={text.access}
          className="flex max-h-80 flex-col gap-2 overflow-y-auto print:max-h-none print:overflow-visible"
        >
          {data?.items.map(({ id, actor_name, label, created_at }) => (
            <li key={id}>
              <p>
                <span className="font-semibold">{actor_name ?? text.someone}</span>:{' '}
                {lowerFirst(label)}
              </p>
              <p className="text-sm text-ink-soft">
                {formatDate(created_at)}, {formatTime(created_at)}
              </p>
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}
