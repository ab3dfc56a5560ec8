'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { ChoiceBar } from '#components/shared/choice-bar.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { usePaged } from '#components/shared/use-paged.ts';
import { Button } from '#components/ui/button.ts';
import { dataRequestMessages as text } from '#messages/admin/data-requests.ts';
import { DataRequestRow } from './data-request-row.tsx';
import { NewDataRequestDialog } from './new-data-request-dialog.tsx';
import { PagedList } from './paged-list.tsx';
import type { TabProps } from './tab-props.ts';

type Filter = keyof typeof text.filters;

/** Requests of data subjects with the clock of the law. */
export function DataRequestsTab({ me }: TabProps) {
  const gateway = useGateway();
  const [filter, setFilter] = useState<Filter>('pending');
  const [adding, setAdding] = useState(false);
  const list = usePaged(['data-requests'], (cursor) =>
    gateway.dataRequests({ ...cursor, limit: 200 }),
  );
  const shown = {
    ...list,
    items: list.items?.filter((request) => filter === 'all' || request.days_left !== null),
  };
  const add = (
    <Button onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" />
      {text.add}
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-prose text-ink-soft">{text.lead}</p>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ChoiceBar label={text.filter} choices={text.filters} value={filter} onChange={setFilter} />
        {add}
      </div>
      <PagedList
        list={shown}
        failed={text.failed}
        empty={text.empty}
        emptyText={text.emptyText}
        row={(request) => (
          <DataRequestRow
            key={request.id}
            request={request}
            isAdmin={me.user.role === 'admin'}
            onChanged={list.reload}
          />
        )}
      />
      <NewDataRequestDialog open={adding} onOpenChange={setAdding} onCreated={list.reload} />
    </div>
  );
}
