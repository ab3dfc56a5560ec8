'use client';
import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { cn } from '#lib/utils.ts';
import { patientsMessages as text } from '#messages/patients.ts';

interface Props {
  title: string;
  empty: string;
  addLabel: string;
  items: readonly string[];
  /** An allergy must not be overlooked. */
  emphasised?: boolean;
  /** Both reject when it was not stored; what is shown then goes back by itself. */
  onAdd: (item: string) => Promise<void>;
  onRemove: (item: string) => Promise<void>;
}

/** Allergies or medicines: written as the doctor says them, taken away with a way back. */
export function HealthList({
  title,
  empty,
  addLabel,
  items,
  emphasised = false,
  onAdd,
  onRemove,
}: Props) {
  const toast = useToast();
  const [typed, setTyped] = useState('');

  async function done(work: Promise<void>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      toast({ title: text.saveFailed, description: errorSentence(error), tone: 'danger' });
      return false;
    }
  }

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    const item = typed.trim();
    if (item === '') return;
    setTyped('');
    const known = items.some((each) => each.toLowerCase() === item.toLowerCase());
    if (!known && !(await done(onAdd(item)))) setTyped(item);
  }

  async function remove(item: string): Promise<void> {
    if (!(await done(onRemove(item)))) return;
    toast({
      title: text.removed(item),
      action: { label: text.undo, onPress: () => void done(onAdd(item)) },
    });
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        {items.length === 0 ? <p className="text-ink-soft">{empty}</p> : null}
        <ul className="flex flex-col gap-1">
          {items.map((item) => (
            <li
              key={item}
              className={cn(
                'flex items-center justify-between gap-2 rounded-md px-3 py-1.5',
                emphasised ? 'bg-danger-wash font-semibold text-danger' : 'bg-ground',
              )}
            >
              {item}
              <button
                type="button"
                aria-label={text.remove(item)}
                onClick={() => void remove(item)}
                className="grid size-7 shrink-0 cursor-pointer place-items-center rounded-sm hover:bg-paper"
              >
                <X className="size-4" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
        <form className="flex gap-2 print:hidden" onSubmit={(event) => void add(event)}>
          <Input
            aria-label={addLabel}
            placeholder={addLabel}
            maxLength={200}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button
            type="submit"
            size="icon"
            variant="secondary"
            aria-label={text.addAction}
            disabled={typed.trim() === ''}
          >
            <Plus aria-hidden="true" />
          </Button>
        </form>
      </CardContent>
    </Card>
  );
}
