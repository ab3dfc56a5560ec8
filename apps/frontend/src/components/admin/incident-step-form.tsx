'use client';
import {
  type IncidentDetail,
  type IncidentStep,
  incidentCriterion,
  incidentLabels,
  peopleChannel,
} from '@medcall/shared-types';
import { type FormEvent, useState } from 'react';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { Field } from '#components/ui/field.ts';
import { Input, Select, Textarea } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';
import { instantOf, localOf } from './incident-times.tsx';

type StepName = IncidentStep['step'];

interface Props {
  step: StepName;
  incident: IncidentDetail;
  onDone: (incident: IncidentDetail) => void;
}

interface Form {
  words: string;
  at: string;
  significant: boolean;
  criteria: IncidentDetail['criteria'];
  protocol: string;
  preliminary: boolean;
  channel: string;
}

const wordsLabel: Partial<Record<StepName, string>> = {
  assess: text.assessment,
  not_required: text.why,
  reopen: text.why,
  close: text.note,
};
const timed: readonly StepName[] = ['told_authority', 'told_people', 'completed'];

/** The fields of one step; the service has the last word on whether it fits. */
export function IncidentStepForm({ step, incident, onDone }: Props) {
  const gateway = useGateway();
  const toast = useToast();
  const [form, setForm] = useState<Form>(() => ({
    words: step === 'assess' ? (incident.assessment ?? '') : '',
    at: localOf(new Date().toISOString()),
    significant: incident.significant ?? false,
    criteria: incident.criteria,
    protocol: '',
    preliminary: incident.missing.length > 0,
    channel: 'individual',
  }));
  const [wrong, setWrong] = useState<string | null>(null);
  const { attempt, busy, trouble } = useAttempt();
  const set = (change: Partial<Form>) => {
    setForm({ ...form, ...change });
    setWrong(null);
  };

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (wordsLabel[step] && form.words.trim().length < 10) return setWrong(text.textMissing);
    if (step === 'told_authority' && form.protocol.trim() === '') {
      return setWrong(text.protocolMissing);
    }
    if (timed.includes(step) && form.at === '') return setWrong(text.detectedMissing);
    await attempt(async () => {
      const next = await gateway.stepIncident(incident.id, bodyOf(step, incident.revision, form));
      toast({ title: text.stepDone, tone: 'ok' });
      onDone(next);
    });
  }

  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
      {step === 'assess' ? <AssessmentFields form={form} onChange={set} /> : null}
      {timed.includes(step) ? (
        <Field label={text.at}>
          <Input
            type="datetime-local"
            value={form.at}
            onChange={(event) => set({ at: event.target.value })}
          />
        </Field>
      ) : null}
      {step === 'told_authority' ? (
        <>
          <Field label={text.protocol}>
            <Input
              value={form.protocol}
              maxLength={100}
              onChange={(event) => set({ protocol: event.target.value })}
            />
          </Field>
          <Checkbox
            checked={form.preliminary}
            onCheckedChange={(preliminary) => set({ preliminary })}
            label={text.preliminary}
            description={text.preliminaryText}
          />
        </>
      ) : null}
      {step === 'told_people' ? (
        <Field label={text.channel}>
          <Select value={form.channel} onChange={(event) => set({ channel: event.target.value })}>
            {peopleChannel.options.map((value) => (
              <option key={value} value={value}>
                {incidentLabels.channel[value]}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      {wordsLabel[step] ? (
        <Field label={wordsLabel[step]}>
          <Textarea
            rows={4}
            maxLength={step === 'reopen' ? 1000 : 4000}
            value={form.words}
            onChange={(event) => set({ words: event.target.value })}
          />
        </Field>
      ) : null}
      {(wrong ?? trouble) ? <Alert tone="danger">{wrong ?? trouble}</Alert> : null}
      <Button type="submit" busy={busy}>
        {text.save}
      </Button>
    </form>
  );
}

function AssessmentFields({
  form,
  onChange,
}: {
  form: Form;
  onChange: (change: Partial<Form>) => void;
}) {
  return (
    <>
      <Checkbox
        checked={form.significant}
        onCheckedChange={(significant) => onChange({ significant })}
        label={text.significant}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-semibold">{text.criteria}</legend>
        {incidentCriterion.options.map((one) => (
          <Checkbox
            key={one}
            checked={form.criteria.includes(one)}
            onCheckedChange={(on) =>
              onChange({
                criteria: on
                  ? [...form.criteria, one]
                  : form.criteria.filter((other) => other !== one),
              })
            }
            label={incidentLabels.criteria[one]}
          />
        ))}
      </fieldset>
    </>
  );
}

function bodyOf(step: StepName, revision: number, form: Form): IncidentStep {
  const at = instantOf(form.at) ?? new Date().toISOString();
  switch (step) {
    case 'assess':
      return {
        step,
        revision,
        significant: form.significant,
        criteria: form.criteria,
        assessment: form.words,
      };
    case 'told_authority':
      return { step, revision, at, protocol: form.protocol, preliminary: form.preliminary };
    case 'told_people':
      return { step, revision, at, channel: peopleChannel.parse(form.channel) };
    case 'completed':
      return { step, revision, at };
    case 'close':
      return { step, revision, note: form.words };
    case 'not_required':
    case 'reopen':
      return { step, revision, reason: form.words };
  }
}
