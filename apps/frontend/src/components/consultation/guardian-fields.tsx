'use client';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { inPersonMessages } from '#messages/in-person.ts';
import type { GuardianSigner } from './guardian-signer.ts';

const text = inPersonMessages.consent;

interface Props {
  value: GuardianSigner;
  onChange: (value: GuardianSigner) => void;
  /** They come after a press and may lie below what is seen: the first one takes the focus. */
  asked?: boolean;
}

/** Who answers for the patient, as it stands under a consent. */
export function GuardianFields({ value, onChange, asked = false }: Props) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={text.guardianName}>
        <Input
          autoFocus={asked}
          // Above the footer that the patient's steps keep in sight.
          className="scroll-mb-60"
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
