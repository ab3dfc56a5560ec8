'use client';
import type { NoteAddendum } from '@medcall/shared-types';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useKeptWords } from '#components/shared/use-kept-words.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Textarea } from '#components/ui/input.ts';
import { cn, formatDate, formatTime } from '#lib/utils.ts';
import { noteMessages as text } from '#messages/note.ts';

interface Props {
  consultationId: string;
  addenda: readonly NoteAddendum[];
  /** Null where the reader may not write. */
  onAdd: ((words: string) => Promise<void>) | null;
}

/** What was added after the signature, each with who and when. */
export function Addenda({ consultationId, addenda, onAdd }: Props) {
  const [kept, setWords] = useKeptWords(`adendo.${consultationId}`);
  const words = kept ?? '';
  const { attempt, busy, trouble } = useAttempt();

  async function add(): Promise<void> {
    if (!onAdd || words.trim() === '') return;
    await attempt(async () => {
      await onAdd(words.trim());
      setWords(null);
    });
  }

  return (
    <section
      aria-label={text.addenda}
      className={cn(
        'flex flex-col gap-3 border-t border-line pt-4',
        addenda.length === 0 && 'print:hidden',
      )}
    >
      <h3 className="font-bold">{text.addenda}</h3>
      {addenda.map(({ id, text: said, doctor, created_at }) => (
        <article key={id} data-testid="addendum">
          <p className="text-sm text-ink-soft">
            {formatDate(created_at)}, {formatTime(created_at)} · {doctor.nome}
          </p>
          <p className="whitespace-pre-wrap">{said}</p>
        </article>
      ))}
      {onAdd ? (
        <div className="flex flex-col gap-3 print:hidden">
          <Field label={text.addendum} hint={text.addendumHint}>
            <Textarea
              rows={3}
              readOnly={busy}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </Field>
          {trouble ? (
            <Alert tone="danger" title={text.addendumFailed}>
              {trouble}
            </Alert>
          ) : null}
          <Button
            variant="secondary"
            className="self-start"
            busy={busy}
            disabled={words.trim() === ''}
            onClick={() => void add()}
          >
            {text.addendumSave}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
