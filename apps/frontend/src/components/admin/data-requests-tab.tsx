'use client';
import { useState } from 'react';
import { ChoiceBar } from '#components/shared/choice-bar.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { usePaged } from '#components/shared/use-paged.ts';
import { dataRequestMessages as text } from '#messages/admin/data-requests.ts';
import { DataRequestRow } from './data-request-row.tsx';
import { NewDataRequestDialog } from './new-data-request-dialog.tsx';
import { Register } from './register.tsx';
import type { TabProps } from './tab-props.ts';

type Filter = keyof typeof text.filters;

/** Requests of data subjects with the clock of the law. */
export function DataRequestsTab({ me }: TabProps) {
  const gateway = useGateway();
  const [filter, setFilter] = useState<Filter>('pending');
  const list = usePaged(['data-requests'], (cursor) =>
    gateway.dataRequests({ ...cursor, limit: 200 }),
  );
  const shown = {
    ...list,
    items: list.items?.filter((request) => filter === 'all' || request.days_left !== null),
  };
  return (
    <Register
      lead={text.lead}
      add={text.add}
      filter={
        <ChoiceBar label={text.filter} choices={text.filters} value={filter} onChange={setFilter} />
      }
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
      dialog={(open, onOpenChange) => (
        <NewDataRequestDialog open={open} onOpenChange={onOpenChange} onCreated={list.reload} />
      )}
    />
  );
}
