'use client';
import type { ReactNode } from 'react';
import { Remote } from '#components/shared/remote.tsx';
import type { Paged } from '#components/shared/use-paged.ts';
import { Button } from '#components/ui/button.ts';
import { Card } from '#components/ui/card.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { adminFrame } from '#messages/admin/frame.ts';

export interface PagedListProps<T> {
  list: Paged<T>;
  failed: string;
  empty: string;
  emptyText: string;
  emptyAction?: ReactNode;
  row: (item: T) => ReactNode;
}

/** A list of rows that grows page by page. */
export function PagedList<T>({
  list,
  failed,
  empty,
  emptyText,
  emptyAction,
  row,
}: PagedListProps<T>) {
  return (
    <Remote data={list.items} error={list.error} failed={failed} onRetry={list.reload}>
      {(items) => (
        <>
          <Card>
            {items.length === 0 ? (
              <EmptyState title={empty} action={emptyAction}>
                {emptyText}
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line">{items.map(row)}</ul>
            )}
          </Card>
          {list.more ? (
            <Button variant="secondary" className="mt-4" busy={list.loading} onClick={list.more}>
              {adminFrame.more}
            </Button>
          ) : null}
        </>
      )}
    </Remote>
  );
}
