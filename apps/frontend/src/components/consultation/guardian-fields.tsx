'use client';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { inPersonMessages } from '#messages/in-person.ts';
import type { GuardianSigner } from './guardian-signer.ts';

const text = inPersonMessages.consent;

interface Props {
  value: GuardianSigner;
  onChange: (value: GuardianSigner) => void;
}

/** Who answers for the patient, as it stands under a consent. */
export function GuardianFields({ value, onChange }: Props) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={text.guardianName}>
        <Input
          value={value.name}
          onChange={(event) => onChange({ ...value, name: event.target.value })}
        />
      </Field>
      <Field label={text.relation}>
        <Input
          value={value.relation}
          onChange={(event) => onChange({ ...value, relation: event.target.value })}
        />
      </Field>
    </div>
  );
}
