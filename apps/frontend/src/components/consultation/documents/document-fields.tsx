'use client';
import { Plus, Trash2 } from 'lucide-react';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input, Select, Textarea } from '#components/ui/input.ts';
import type { DocumentForm } from '#lib/documents/document-form.ts';
import { cn } from '#lib/utils.ts';
import { documentMessages as text } from '#messages/documents.ts';

interface Props {
  form: DocumentForm;
  onForm: (form: DocumentForm) => void;
}

/** What a paper of this kind needs. */
export function DocumentFields({ form, onForm }: Props) {
  switch (form.kind) {
    case 'prescription':
      return <Prescription form={form} onForm={onForm} />;
    case 'certificate':
      return <Certificate form={form} onForm={onForm} />;
    case 'exam_request':
      return (
        <>
          <Field label={text.exams} hint={text.examsHint}>
            <Textarea
              rows={5}
              value={form.exams}
              onChange={(event) => onForm({ ...form, exams: event.target.value })}
            />
          </Field>
          <Field label={text.indication}>
            <Input
              value={form.indication}
              onChange={(event) => onForm({ ...form, indication: event.target.value })}
            />
          </Field>
        </>
      );
    case 'instructions':
      return <Words form={form} onForm={onForm} rows={8} />;
    case 'note':
      return <p className="text-ink-soft">{text.noteCopy}</p>;
  }
}

function Words({ form, onForm, rows = 3 }: Props & { rows?: number }) {
  return (
    <Field label={text.text}>
      <Textarea
        rows={rows}
        value={form.text}
        onChange={(event) => onForm({ ...form, text: event.target.value })}
      />
    </Field>
  );
}

function Prescription({ form, onForm }: Props) {
  type Line = DocumentForm['medicines'][number];
  const set = (id: string, change: Partial<Line>) =>
    onForm({
      ...form,
      medicines: form.medicines.map((line) => (line.id === id ? { ...line, ...change } : line)),
    });
  const blank = { medicine: '', directions: '', quantity: '' };
  return (
    <>
      {form.medicines.map((line) => (
        <div
          key={line.id}
          className="grid gap-3 border-b border-line pb-4 sm:grid-cols-[1fr_8rem_auto]"
        >
          <Field label={text.medicine}>
            <Input
              value={line.medicine}
              onChange={(event) => set(line.id, { medicine: event.target.value })}
            />
          </Field>
          <Field label={text.quantity}>
            <Input
              value={line.quantity}
              onChange={(event) => set(line.id, { quantity: event.target.value })}
            />
          </Field>
          <Button
            variant="quiet"
            size="icon"
            className={cn('self-end justify-self-end', form.medicines.length === 1 && 'hidden')}
            aria-label={text.removeMedicine(line.medicine)}
            onClick={() =>
              onForm({ ...form, medicines: form.medicines.filter(({ id }) => id !== line.id) })
            }
          >
            <Trash2 aria-hidden="true" />
          </Button>
          <Field label={text.directions} className="sm:col-span-3">
            <Input
              value={line.directions}
              onChange={(event) => set(line.id, { directions: event.target.value })}
            />
          </Field>
        </div>
      ))}
      <Button
        variant="quiet"
        size="sm"
        className="self-start"
        onClick={() =>
          onForm({
            ...form,
            medicines: [...form.medicines, { id: crypto.randomUUID(), ...blank }],
          })
        }
      >
        <Plus aria-hidden="true" />
        {text.addMedicine}
      </Button>
    </>
  );
}

function Certificate({ form, onForm }: Props) {
  const purposes = ['leave', 'attendance', 'other'] as const;
  return (
    <>
      <Field label={text.purpose}>
        <Select
          value={form.purpose}
          onChange={(event) => {
            const purpose = purposes.find((each) => each === event.target.value);
            if (purpose) onForm({ ...form, purpose });
          }}
        >
          {purposes.map((purpose) => (
            <option key={purpose} value={purpose}>
              {text.purposes[purpose]}
            </option>
          ))}
        </Select>
      </Field>
      {form.purpose === 'leave' ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={text.days}>
            <Input
              type="number"
              min={1}
              max={365}
              value={form.days}
              onChange={(event) => onForm({ ...form, days: event.target.value })}
            />
          </Field>
          <Field label={text.from}>
            <Input
              type="date"
              value={form.from}
              onChange={(event) => onForm({ ...form, from: event.target.value })}
            />
          </Field>
        </div>
      ) : null}
      <Words form={form} onForm={onForm} />
    </>
  );
}
