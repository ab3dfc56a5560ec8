'use client';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog } from '#components/ui/dialog.ts';
import { Input } from '#components/ui/input.ts';
import type { PaletteEntry } from '#lib/palette.ts';
import { cn } from '#lib/utils.ts';
import { paletteMessages as text } from '#messages/palette.ts';
import { usePaletteEntries } from './use-palette-entries.ts';

interface Props {
  onClose: () => void;
  onNewConsultation: () => void;
}

const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** One field and one list: the arrows choose, Enter goes (the combobox of WAI-ARIA). */
export function PaletteDialog({ onClose, onNewConsultation }: Props) {
  const router = useRouter();
  const id = useId();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState(0);
  const { entries, failed } = usePaletteEntries(search);
  const at = Math.min(chosen, Math.max(0, entries.length - 1));
  const optionId = (place: number) => `${id}-${place}`;

  function go(entry: PaletteEntry | undefined): void {
    if (!entry) return;
    if (entry.href === null) {
      onNewConsultation();
      return;
    }
    onClose();
    router.push(entry.href);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = steps[event.key];
    if (step !== undefined && entries.length > 0) {
      const next = (at + step + entries.length) % entries.length;
      setChosen(next);
      document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') go(entries[at]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={text.title}
      className="top-[12dvh] max-w-xl translate-y-0"
    >
      <Input
        role="combobox"
        autoFocus
        aria-label={text.label}
        aria-expanded={entries.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={entries.length > 0 ? optionId(at) : undefined}
        autoComplete="off"
        placeholder={text.placeholder}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <p role="status" className="sr-only">
        {text.count(entries.length)}
      </p>
      {failed ? <p className="text-sm text-warning">{text.failed}</p> : null}
      {entries.length === 0 ? <p className="text-ink-soft">{text.nothing}</p> : null}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={text.title}
        className="max-h-[50dvh] overflow-y-auto"
      >
        {entries.map((entry, place) => (
          <Option
            key={entry.id}
            id={optionId(place)}
            entry={entry}
            first={entries[place - 1]?.group !== entry.group}
            chosen={place === at}
            onChoose={() => go(entry)}
            onPoint={() => setChosen(place)}
          />
        ))}
      </div>
    </Dialog>
  );
}

interface OptionProps {
  id: string;
  entry: PaletteEntry;
  /** Of its group: the group's name stands above it. */
  first: boolean;
  chosen: boolean;
  onChoose: () => void;
  onPoint: () => void;
}

function Option({ id, entry, first, chosen, onChoose, onPoint }: OptionProps) {
  const { group, label, hint } = entry;
  return (
    <>
      {first ? (
        <p aria-hidden="true" className="px-3 pt-2 pb-1 text-sm text-ink-soft">
          {text.groups[group]}
        </p>
      ) : null}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field holds the focus and its keys choose. */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={chosen}
        onClick={onChoose}
        onPointerMove={onPoint}
        className={cn(
          'flex min-h-11 cursor-pointer items-center justify-between gap-4 rounded-md px-3',
          chosen && 'bg-accent-wash text-accent',
        )}
      >
        <span className="min-w-0 truncate font-semibold">{label}</span>
        {hint ? (
          <span className={cn('shrink-0 text-sm', chosen ? 'text-accent' : 'text-ink-soft')}>
            {hint}
          </span>
        ) : null}
      </div>
    </>
  );
}
