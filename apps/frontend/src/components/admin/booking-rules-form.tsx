'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { bookingRules, type Clinic, clinicSlug, type UpdateClinic } from '@medcall/shared-types';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { useAct } from '#components/shared/use-act.ts';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { Field } from '#components/ui/field.ts';
import { Input, Select } from '#components/ui/input.ts';
import { clinicMessages as text } from '#messages/admin/clinic.ts';
import { spanWords } from './span-words.ts';
import { useOrigin } from './use-origin.ts';

const { shape } = bookingRules;
const rulesForm = z.object({
  slug: z
    .string()
    .trim()
    .refine((slug) => slug.length >= 3 && clinicSlug.safeParse(slug).success, text.slugWrong),
  enabled: z.boolean(),
  min_lead_minutes: shape.min_lead_minutes.unwrap(),
  horizon_days: z
    .number(text.horizonWrong)
    .int()
    .min(1, text.horizonWrong)
    .max(365, text.horizonWrong),
  max_open_per_patient: z
    .number(text.maxOpenWrong)
    .int()
    .min(1, text.maxOpenWrong)
    .max(20, text.maxOpenWrong),
  cancel_until_minutes: shape.cancel_until_minutes.unwrap(),
});
type Form = z.infer<typeof rulesForm>;

const spans = [0, 30, 60, 120, 240, 720, 1440, 2880, 4320, 10_080];

interface Props {
  clinic: Clinic;
  onSave: (changes: UpdateClinic) => Promise<void>;
}

/** Whether, where and how patients book by themselves. */
export function BookingRulesForm({ clinic, onSave }: Props) {
  const { act } = useAct();
  const origin = useOrigin();
  const { register, handleSubmit, formState, control, reset } = useForm<Form>({
    resolver: zodResolver(rulesForm),
    defaultValues: { slug: clinic.slug, ...clinic.booking_rules },
  });
  const { errors, isSubmitting, isDirty } = formState;
  const spansWith = (own: number) => [...new Set([...spans, own])].sort((a, b) => a - b);

  async function save(given: Form): Promise<void> {
    const { slug, ...booking_rules } = given;
    const saved = await act(() => onSave({ slug, booking_rules }), {
      done: { title: text.bookingSaved },
      failed: text.bookingFailed,
    });
    if (saved) reset(given);
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void handleSubmit(save)(event)}
    >
      <Controller
        control={control}
        name="enabled"
        render={({ field }) => (
          <Checkbox
            checked={field.value}
            onCheckedChange={field.onChange}
            label={text.bookingEnabled}
            description={text.bookingEnabledText}
          />
        )}
      />
      <Field label={text.slug} hint={text.slugHint(origin)} error={errors.slug?.message}>
        <Input autoComplete="off" autoCapitalize="none" spellCheck={false} {...register('slug')} />
      </Field>
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <Field label={text.lead}>
          <Select {...register('min_lead_minutes', { valueAsNumber: true })}>
            {spansWith(clinic.booking_rules.min_lead_minutes).map((minutes) => (
              <option key={minutes} value={minutes}>
                {spanWords(minutes) || text.noLead}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={text.cancelUntil}>
          <Select {...register('cancel_until_minutes', { valueAsNumber: true })}>
            {spansWith(clinic.booking_rules.cancel_until_minutes).map((minutes) => (
              <option key={minutes} value={minutes}>
                {text.cancelBefore(spanWords(minutes))}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={text.horizon} error={errors.horizon_days?.message}>
          <Input
            type="number"
            inputMode="numeric"
            {...register('horizon_days', { valueAsNumber: true })}
          />
        </Field>
        <Field label={text.maxOpen} error={errors.max_open_per_patient?.message}>
          <Input
            type="number"
            inputMode="numeric"
            {...register('max_open_per_patient', { valueAsNumber: true })}
          />
        </Field>
      </div>
      <Button type="submit" className="self-start" busy={isSubmitting} disabled={!isDirty}>
        {text.bookingSave}
      </Button>
    </form>
  );
}
