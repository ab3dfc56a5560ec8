'use client';
import type { CoverageItem } from '@medcall/shared-types';
import { Circle, CircleCheck } from 'lucide-react';
import { cn } from '#lib/utils.ts';
import { callMessages } from '#messages/call.ts';

const text = callMessages.coverage;

/** What the anamnesis has touched and what is open. The mark and a word carry it, not colour alone. */
export function CoveragePanel({ items }: { items: readonly CoverageItem[] }) {
  if (items.length === 0) return <p className="text-sm text-ink-soft">{text.empty}</p>;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1.5" data-testid="coverage">
      {items.map((item) => {
        const covered = item.status === 'covered';
        const Mark = covered ? CircleCheck : Circle;
        return (
          <li
            key={item.key}
            data-status={item.status}
            className={cn('flex items-center gap-1.5', covered ? 'text-ink' : 'text-ink-soft')}
          >
            <Mark className={cn('size-4', covered && 'text-accent')} aria-hidden="true" />
            {item.label}
            <span className="sr-only">: {covered ? text.covered : text.open}</span>
          </li>
        );
      })}
    </ul>
  );
}
