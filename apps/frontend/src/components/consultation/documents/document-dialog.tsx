'use client';
import type { DocumentDraft } from '@medcall/shared-types';
import { useState } from 'react';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Select } from '#components/ui/input.ts';
import { type DocumentForm, type DocumentFormKind, toDraft } from '#lib/documents/document-form.ts';
import { calendarDay } from '#lib/utils.ts';
import { documentMessages as text } from '#messages/documents.ts';
import { DocumentFields } from './document-fields.tsx';

const kinds = Object.keys(text.kinds) as DocumentFormKind[];

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A copy of the record exists only once the note is signed. */
  noteSigned: boolean;
  onCreate: (draft: DocumentDraft) => Promise<void>;
}

/** Writes a paper; what it needs depends on its kind. */
export function DocumentDialog({ open, onOpenChange, noteSigned, onCreate }: Props) {
  const [form, setForm] = useState(blankForm);
  const { attempt, busy, setTrouble, trouble } = useAttempt();

  async function create(): Promise<void> {
    const draft = toDraft(form);
    if (!draft) return setTrouble(text.missing);
    await attempt(async () => {
      await onCreate(draft);
      setForm(blankForm());
      onOpenChange(false);
    });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text.add}
      className="max-w-2xl"
      footer={
        <Button busy={busy} onClick={() => void create()}>
          {text.create}
        </Button>
      }
    >
      <Field label={text.kind}>
        <Select
          value={form.kind}
          onChange={(event) => {
            const kind = kinds.find((each) => each === event.target.value);
            if (kind) setForm({ ...form, kind });
          }}
        >
          {kinds
            .filter((kind) => kind !== 'note' || noteSigned)
            .map((kind) => (
              <option key={kind} value={kind}>
                {text.kinds[kind]}
              </option>
            ))}
        </Select>
      </Field>
      <DocumentFields form={form} onForm={setForm} />
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
    </Dialog>
  );
}

function blankForm(): DocumentForm {
  return {
    kind: 'prescription',
    medicines: [{ id: crypto.randomUUID(), medicine: '', directions: '', quantity: '' }],
    purpose: 'leave',
    days: '1',
    from: calendarDay(new Date()),
    text: '',
    exams: '',
    indication: '',
  };
}
