'use client';
import type { CoverageItem } from '@medcall/shared-types';
import { Circle, CircleCheck } from 'lucide-react';
import { cn } from '#lib/utils.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';

const text = doctorCallMessages.coverage;

interface Props {
  items: readonly CoverageItem[];
  /** Brings the utterance that covered an item into sight, where there is a transcript to look at. */
  onShow?: (utteranceId: string) => void;
}

/** What the anamnesis has touched and what is open. The mark and a word carry it, not colour alone. */
export function CoveragePanel({ items, onShow }: Props) {
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
            <Label item={item} {...(onShow ? { onShow } : {})} />
            <span className="sr-only">: {covered ? text.covered : text.open}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Label({ item, onShow }: { item: CoverageItem } & Pick<Props, 'onShow'>) {
  const { label, transcriptionId } = item;
  if (!onShow || !transcriptionId) return label;
  return (
    <button
      type="button"
      data-printed
      title={text.show}
      className="min-h-6 rounded-sm underline decoration-line underline-offset-2 hover:text-accent"
      onClick={() => onShow(transcriptionId)}
    >
      {label}
    </button>
  );
}
