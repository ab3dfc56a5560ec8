'use client';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { PagedList, type PagedListProps } from './paged-list.tsx';

interface Props<T> extends Omit<PagedListProps<T>, 'emptyAction'> {
  /** What the register is for, and what the law says of it. */
  lead: string;
  /** Which of its entries are shown. */
  filter?: ReactNode;
  /** The verb that writes an entry down. */
  add: string;
  /** Asks for the entry. */
  dialog: (open: boolean, onOpenChange: (open: boolean) => void) => ReactNode;
}

/** A register that the law asks of a clinic: what it is, the way to write into it, its entries page by page. */
export function Register<T>({ lead, filter, add, dialog, ...list }: Props<T>) {
  const [adding, setAdding] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-prose text-ink-soft">{lead}</p>
      <div className="flex flex-wrap items-center justify-between gap-3">
        {filter}
        <Button onClick={() => setAdding(true)}>
          <Plus aria-hidden="true" />
          {add}
        </Button>
      </div>
      <PagedList {...list} />
      {dialog(adding, setAdding)}
    </div>
  );
}
