'use client';
import type { PatientCard } from '@medcall/shared-types';
import { formatCpf } from '@medcall/utils/cpf';
import { formatPhone } from '@medcall/utils/format-phone';
import { ChevronRight, FileUp, UserPlus } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { NewPatientForm } from '#components/dashboard/new-patient-form.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { type Paged, usePaged } from '#components/shared/use-paged.ts';
import { useSettled } from '#components/shared/use-settled.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Card } from '#components/ui/card.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { searchInAddress } from '#lib/patients/search-address.ts';
import { ageInYears } from '#lib/utils.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';
import { patientsMessages as text } from '#messages/patients.ts';
import { sharedMessages } from '#messages/shared.ts';

const pageSize = 30;

/** The clinic's patients, by name or CPF. A search by name is in the address. */
export function PatientsScreen({ search: first }: { search: string }) {
  const gateway = useGateway();
  const router = useRouter();
  const [typed, setTyped] = useState(first);
  const search = useSettled(typed.trim());
  const [adding, setAdding] = useState(false);
  const list = usePaged(['patient-list', search], (cursor) =>
    gateway.patients(search, { ...cursor, limit: pageSize }),
  );

  return (
    <>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-2xl font-bold">{text.title}</h1>
        {/* On a telephone the frequent deed comes first. */}
        <div className="flex flex-wrap gap-2">
          <Button className="sm:order-last" onClick={() => setAdding(true)}>
            <UserPlus aria-hidden="true" />
            {text.add}
          </Button>
          <Button asChild variant="secondary">
            <Link href="/pacientes/repetidos">{patientListsMessages.duplicatesLink}</Link>
          </Button>
          <Button asChild variant="secondary">
            <Link href="/pacientes/importar">
              <FileUp aria-hidden="true" />
              {patientListsMessages.importLink}
            </Link>
          </Button>
        </div>
      </div>
      <Field label={text.search} className="mb-4 max-w-xl">
        <Input
          type="search"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          // Not by a timer: a change of the address after a press on a row would call its page off.
          onBlur={() => keepInAddress(typed.trim())}
        />
      </Field>
      {list.error ? (
        <Alert
          tone="danger"
          title={text.failed}
          className="mb-4"
          action={
            <Button size="sm" variant="secondary" onClick={list.reload}>
              {sharedMessages.retry}
            </Button>
          }
        >
          {errorSentence(list.error)}
        </Alert>
      ) : null}
      <Card>
        <Rows list={list} search={search} onAdd={() => setAdding(true)} />
      </Card>
      {list.more ? (
        <Button variant="secondary" className="mt-4" busy={list.loading} onClick={list.more}>
          {text.more}
        </Button>
      ) : null}
      <Dialog open={adding} onOpenChange={setAdding} title={text.addTitle}>
        <NewPatientForm
          name={list.items?.length === 0 ? search : ''}
          onBack={() => setAdding(false)}
          onCreated={({ id }) => router.push(`/pacientes/${id}`)}
        />
      </Dialog>
    </>
  );
}

function keepInAddress(search: string): void {
  const shown = searchInAddress(search);
  const query = shown === '' ? '' : `?busca=${encodeURIComponent(shown)}`;
  window.history.replaceState(null, '', `/pacientes${query}`);
}

function Rows({
  list: { items = [], ...list },
  search,
  onAdd,
}: {
  list: Paged<PatientCard>;
  search: string;
  onAdd: () => void;
}) {
  if (items.length === 0) {
    if (list.loading) return <Skeleton className="m-4 h-40" />;
    if (list.error) return null;
    return (
      <EmptyState
        title={search === '' ? text.empty : text.none}
        action={<Button onClick={onAdd}>{text.add}</Button>}
      >
        {search === '' ? text.emptyText : text.noneText}
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {items.map(({ id, name, birth_date, cpf, phone }) => (
        <li key={id} data-testid="patient">
          <Link
            prefetch={false}
            href={`/pacientes/${id}`}
            className="grid grid-cols-[1fr_auto] items-center gap-x-4 px-5 py-3 -outline-offset-2 hover:bg-ground sm:grid-cols-[2fr_1fr_1fr_1fr_auto]"
          >
            <span className="font-semibold">{name}</span>
            <span className="col-start-1 text-sm text-ink-soft sm:col-start-auto sm:text-base">
              {birth_date ? text.years(ageInYears(birth_date)) : ''}
            </span>
            <span className="hidden text-ink-soft sm:block">{cpf ? formatCpf(cpf) : ''}</span>
            <span className="hidden text-ink-soft sm:block">{phone ? formatPhone(phone) : ''}</span>
            <ChevronRight
              className="col-start-2 row-span-2 row-start-1 size-5 text-ink-soft sm:col-start-auto sm:row-span-1"
              aria-hidden="true"
            />
          </Link>
        </li>
      ))}
    </ul>
  );
}
