import type { ReactNode } from 'react';
import { Card, CardHeader, CardTitle } from '#components/ui/card.ts';
import { CountBadge } from '#components/ui/count-badge.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { dashboardMessages as text } from '#messages/dashboard.ts';

interface Props {
  /** For links that lead here. */
  id?: string;
  title: string;
  lead?: string;
  loading: boolean;
  empty: ReactNode;
  children: ReactNode[];
}

/** A titled list with its loading and empty faces. */
export function ConsultationSection({ id, title, lead, loading, empty, children }: Props) {
  return (
    <Card id={id} aria-label={title} aria-busy={loading}>
      <CardHeader>
        <CardTitle>
          {title}
          <CountBadge count={children.length} words={text.count(children.length)} />
        </CardTitle>
      </CardHeader>
      {lead && children.length > 0 ? (
        <p className="px-5 pb-1 text-sm text-ink-soft">{lead}</p>
      ) : null}
      {loading ? (
        <div className="flex flex-col gap-3 px-5 pb-5">
          <Skeleton className="h-10" />
          <Skeleton className="h-10 w-4/5" />
        </div>
      ) : children.length === 0 ? (
        <div className="px-5 pb-5 text-ink-soft">{empty}</div>
      ) : (
        <ul className="divide-y divide-line pb-1">{children}</ul>
      )}
    </Card>
  );
}
