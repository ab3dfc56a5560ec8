'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import type { Clinic, UpdateClinic } from '@medcall/shared-types';
import { formatCnpj } from '@medcall/utils/cnpj';
import { formatPhone } from '@medcall/utils/format-phone';
import { parsePhone } from '@medcall/utils/phone';
import { useForm } from 'react-hook-form';
import useSWR from 'swr';
import { z } from 'zod';
import { Remote } from '#components/shared/remote.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { clinicMessages as text } from '#messages/admin/clinic.ts';
import { adminFrame } from '#messages/admin/frame.ts';
import { BookingCard } from './booking-card.tsx';
import { OpeningHoursCard } from './opening-hours-card.tsx';
import { SecondFactorRuleCard } from './second-factor-card.tsx';
import type { TabProps } from './tab-props.ts';

const emptyIsNull = z
  .string()
  .trim()
  .transform((value) => (value === '' ? null : value));

const clinicForm = z.object({
  nome: z.string().trim().min(2, text.nameMissing).max(200),
  endereco: emptyIsNull,
  telefone: emptyIsNull.transform((value) => value && (parsePhone(value) ?? value)),
  cnpj: emptyIsNull,
});
type Form = z.input<typeof clinicForm>;

/** Who the clinic is to its patients, and where they book. */
export function ClinicTab({ me }: TabProps) {
  const gateway = useGateway();
  const { data, error, mutate } = useSWR('clinic', () => gateway.clinic(), {
    revalidateOnFocus: false,
  });
  return (
    <Remote data={data} error={error} failed={text.failed} onRetry={() => void mutate()}>
      {(clinic) => {
        const isAdmin = me.user.role === 'admin';
        const save = async (changes: UpdateClinic) => {
          await mutate(gateway.updateClinic(changes), { revalidate: false });
        };
        return (
          <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <div className="flex flex-col gap-5">
              <Card>
                <CardHeader>
                  <CardTitle>{text.heading}</CardTitle>
                </CardHeader>
                <CardContent>
                  {isAdmin ? (
                    <ClinicForm clinic={clinic} onSave={save} />
                  ) : (
                    <ClinicFacts clinic={clinic} />
                  )}
                </CardContent>
              </Card>
              {isAdmin ? <OpeningHoursCard clinic={clinic} onSave={save} /> : null}
            </div>
            <div className="flex flex-col gap-5">
              <BookingCard clinic={clinic} onSave={isAdmin ? save : null} />
              {isAdmin ? <SecondFactorRuleCard /> : null}
            </div>
          </div>
        );
      }}
    </Remote>
  );
}

function ClinicForm({
  clinic,
  onSave,
}: {
  clinic: Clinic;
  onSave: (changes: z.output<typeof clinicForm>) => Promise<void>;
}) {
  const { act } = useAct();
  const { register, handleSubmit, formState, reset, getValues } = useForm<
    Form,
    unknown,
    z.output<typeof clinicForm>
  >({
    resolver: zodResolver(clinicForm),
    defaultValues: {
      nome: clinic.nome,
      endereco: clinic.endereco ?? '',
      telefone: clinic.telefone ? formatPhone(clinic.telefone) : '',
      cnpj: clinic.cnpj ? formatCnpj(clinic.cnpj) : '',
    },
  });
  const { errors, isSubmitting, isDirty } = formState;

  async function save(values: z.output<typeof clinicForm>): Promise<void> {
    const given = getValues();
    const saved = await act(() => onSave(values), {
      done: { title: text.saved },
      failed: text.saveFailed,
    });
    if (saved) reset(given);
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void handleSubmit(save)(event)}
    >
      <p className="text-ink-soft">{text.dataLead}</p>
      <Field label={text.name} error={errors.nome?.message}>
        <Input autoComplete="organization" {...register('nome')} />
      </Field>
      <Field label={text.address} error={errors.endereco?.message}>
        <Input autoComplete="street-address" {...register('endereco')} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.phone} error={errors.telefone?.message}>
          <Input type="tel" autoComplete="tel" {...register('telefone')} />
        </Field>
        <Field label={text.cnpj} hint={text.cnpjHint} error={errors.cnpj?.message}>
          <Input inputMode="numeric" autoComplete="off" {...register('cnpj')} />
        </Field>
      </div>
      <Button type="submit" className="self-start" busy={isSubmitting} disabled={!isDirty}>
        {text.save}
      </Button>
    </form>
  );
}

function ClinicFacts({ clinic }: { clinic: Clinic }) {
  const rows = [
    [text.name, clinic.nome],
    [text.address, clinic.endereco],
    [text.phone, clinic.telefone && formatPhone(clinic.telefone)],
    [text.cnpj, clinic.cnpj && formatCnpj(clinic.cnpj)],
  ] as const;
  return (
    <>
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[auto_1fr]">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-soft">{label}</dt>
            <dd className={value ? 'mb-2 font-semibold sm:mb-0' : 'mb-2 text-ink-soft sm:mb-0'}>
              {value ?? text.unset}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-sm text-ink-soft">{adminFrame.readOnly}</p>
    </>
  );
}
