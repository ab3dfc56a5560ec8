'use client';
import {
  type IncidentDetail,
  type IncidentFacts,
  incidentDataKind,
  incidentLabels,
  incidentProperty,
} from '@medcall/shared-types';
import { type FormEvent, useState } from 'react';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { Field } from '#components/ui/field.ts';
import { Input, Textarea } from '#components/ui/input.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';
import { IncidentTimes, type IncidentTimesForm, instantOf, localOf } from './incident-times.tsx';

interface Props {
  incident: IncidentDetail;
  onChanged: (incident: IncidentDetail) => void;
}

const longFields = [
  'description',
  'cause',
  'data_details',
  'risks',
  'measures_before',
  'measures_after',
  'mitigation',
  'delay_reason',
] as const satisfies (keyof IncidentFacts)[];
const figures = [
  'affected_total',
  'affected_children',
  'affected_adolescents',
  'affected_elderly',
  'processed_total',
] as const satisfies (keyof IncidentFacts)[];
const lines = [
  'officer_name',
  'officer_contact',
  'processor',
] as const satisfies (keyof IncidentFacts)[];

/** The parts of the authority's form, saved as a whole; each saving is a version. */
export function IncidentFactsCard({ incident, onChanged }: Props) {
  const gateway = useGateway();
  const { act, busy } = useAct();
  // What the form began with: only what was changed here is sent, so that a step, or another person's
  // writing, neither loses what is typed nor is undone by it.
  const [base, setBase] = useState(incident);
  const [facts, setFacts] = useState(incident.facts);
  const [times, setTimes] = useState(() => timesOf(incident));
  const [reason, setReason] = useState('');
  const closed = incident.status === 'closed';
  const knownMoved = times.known !== localOf(base.known_at);
  const wrong = { title: times.title.trim().length < 3, detected: times.detected === '' };
  const set = (change: Partial<IncidentFacts>) => setFacts({ ...facts, ...change });

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (wrong.title || wrong.detected) return;
    const change = { ...changedTimes(base, times), facts: changedFacts(base.facts, facts) };
    await act(
      async () => {
        const next = await gateway.updateIncident(incident.id, {
          revision: incident.revision,
          ...change,
          ...(reason.trim() === '' ? {} : { reason }),
        });
        setBase(next);
        setFacts(next.facts);
        setTimes(timesOf(next));
        setReason('');
        onChanged(next);
      },
      { done: { title: text.saved }, failed: text.actFailed },
    );
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.form}</CardTitle>
      </CardHeader>
      <CardContent>
        <p className="mb-4 text-ink-soft">{text.formText}</p>
        <form noValidate onSubmit={(event) => void save(event)}>
          <fieldset disabled={closed} className="flex flex-col gap-4">
            <IncidentTimes
              form={times}
              wrong={wrong}
              onChange={(change) => setTimes({ ...times, ...change })}
            />
            {(knownMoved || times.small !== base.small_agent) && base.known_at !== null ? (
              <Field label={text.reason} hint={text.reasonHint}>
                <Input
                  value={reason}
                  maxLength={1000}
                  onChange={(event) => setReason(event.target.value)}
                />
              </Field>
            ) : null}
            <Choices
              legend={text.fields.properties}
              options={incidentProperty.options}
              names={incidentLabels.properties}
              chosen={facts.properties}
              onChange={(properties) => set({ properties })}
            />
            <Choices
              legend={text.fields.data_kinds}
              options={incidentDataKind.options}
              names={incidentLabels.dataKinds}
              chosen={facts.data_kinds}
              onChange={(data_kinds) => set({ data_kinds })}
            />
            <FactFields facts={facts} onChange={set} />
            {closed ? null : (
              <Button type="submit" busy={busy} className="self-start">
                {text.save}
              </Button>
            )}
          </fieldset>
        </form>
      </CardContent>
    </Card>
  );
}

function FactFields({
  facts,
  onChange: set,
}: {
  facts: IncidentFacts;
  onChange: (change: Partial<IncidentFacts>) => void;
}) {
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        {longFields.map((key) => (
          <Field key={key} label={text.fields[key]}>
            <Textarea
              rows={3}
              maxLength={4000}
              value={facts[key] ?? ''}
              onChange={(event) => set({ [key]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-5">
        {figures.map((key) => (
          <Field key={key} label={text.fields[key]}>
            <Input
              inputMode="numeric"
              value={facts[key] === null ? '' : String(facts[key])}
              onChange={(event) => set({ [key]: figureOf(event.target.value) })}
            />
          </Field>
        ))}
      </div>
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {lines.map((key) => (
          <Field key={key} label={text.fields[key]}>
            <Input
              maxLength={200}
              value={facts[key] ?? ''}
              onChange={(event) => set({ [key]: event.target.value })}
            />
          </Field>
        ))}
      </div>
    </>
  );
}

function Choices<K extends string>({
  legend,
  options,
  names,
  chosen,
  onChange,
}: {
  legend: string;
  options: readonly K[];
  names: Record<K, string>;
  chosen: readonly K[];
  onChange: (chosen: K[]) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {options.map((one) => (
          <Checkbox
            key={one}
            checked={chosen.includes(one)}
            onCheckedChange={(on) =>
              onChange(on ? [...chosen, one] : chosen.filter((other) => other !== one))
            }
            label={names[one]}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Digits only; nothing typed is not known. */
function figureOf(typed: string): number | null {
  const digits = typed.replace(/\D/g, '').slice(0, 8);
  return digits === '' ? null : Number(digits);
}

function timesOf(incident: IncidentDetail): IncidentTimesForm {
  return {
    title: incident.title,
    detected: localOf(incident.detected_at),
    known: localOf(incident.known_at),
    occurred: localOf(incident.occurred_at),
    small: incident.small_agent,
  };
}

/** To the minute: what was not touched stays as exact as it was. */
function changedTimes(base: IncidentDetail, now: IncidentTimesForm) {
  const before = timesOf(base);
  const detected = instantOf(now.detected);
  return {
    ...(now.title === before.title ? {} : { title: now.title }),
    ...(now.detected === before.detected || detected === null ? {} : { detected_at: detected }),
    ...(now.occurred === before.occurred ? {} : { occurred_at: instantOf(now.occurred) }),
    ...(now.known === before.known ? {} : { known_at: instantOf(now.known) }),
    ...(now.small === before.small ? {} : { small_agent: now.small }),
  };
}

/** The parts that were changed; what was emptied is not known. */
function changedFacts(base: IncidentFacts, now: IncidentFacts): Partial<IncidentFacts> {
  const known = { ...now };
  for (const key of [...longFields, ...lines]) {
    if (known[key]?.trim() === '') known[key] = null;
  }
  return Object.fromEntries(
    Object.entries(known).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(base[key as keyof IncidentFacts]),
    ),
  );
}
