'use client';
import { Checkbox } from '#components/ui/checkbox.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { calendarDay, formatTime } from '#lib/utils.ts';
import { instantOfSaoPaulo } from '#lib/validations.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';

/** Fields as they are typed: local time of São Paulo, empty for not known. */
export interface IncidentTimesForm {
  title: string;
  detected: string;
  known: string;
  occurred: string;
  small: boolean;
}

interface Props {
  form: IncidentTimesForm;
  wrong: { title?: boolean; detected?: boolean };
  onChange: (change: Partial<IncidentTimesForm>) => void;
}

/** What an incident is called and the moments that its clock depends on. */
export function IncidentTimes({ form, wrong, onChange }: Props) {
  return (
    <>
      <Field
        label={text.title}
        hint={text.titleHint}
        error={wrong.title ? text.titleMissing : undefined}
      >
        <Input
          value={form.title}
          maxLength={200}
          onChange={(event) => onChange({ title: event.target.value })}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.detectedAt} error={wrong.detected ? text.detectedMissing : undefined}>
          <Input
            type="datetime-local"
            value={form.detected}
            onChange={(event) => onChange({ detected: event.target.value })}
          />
        </Field>
        <Field label={text.occurredAt}>
          <Input
            type="datetime-local"
            value={form.occurred}
            onChange={(event) => onChange({ occurred: event.target.value })}
          />
        </Field>
      </div>
      <Field label={text.knownAt} hint={text.knownHint}>
        <Input
          type="datetime-local"
          value={form.known}
          onChange={(event) => onChange({ known: event.target.value })}
        />
      </Field>
      <Checkbox
        checked={form.small}
        onCheckedChange={(small) => onChange({ small })}
        label={text.smallAgent}
        description={text.smallAgentText}
      />
    </>
  );
}

/** `2026-11-26T14:05` in São Paulo; empty for null. */
export function localOf(instant: string | null): string {
  return instant === null ? '' : `${calendarDay(instant)}T${formatTime(instant)}`;
}

export function instantOf(local: string): string | null {
  return local === '' ? null : instantOfSaoPaulo(local);
}
