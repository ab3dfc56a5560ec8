'use client';
import { formatCpf } from '@medcall/utils/cpf';
import Link from 'next/link';
import { PagedList } from '#components/admin/paged-list.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { usePaged } from '#components/shared/use-paged.ts';
import { Badge } from '#components/ui/badge.ts';
import { formatDate } from '#lib/utils.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';
import { PatientsHead } from './patients-head.tsx';

const text = patientListsMessages.duplicates;

/** Cards that look like one person's, side by side. */
export function DuplicatesScreen() {
  const gateway = useGateway();
  const list = usePaged(['patient-duplicates'], (cursor) => gateway.patientDuplicates(cursor));
  return (
    <>
      <PatientsHead title={text.title} className="mb-2" />
      <p className="mb-4 max-w-prose text-ink-soft">{text.lead}</p>
      <PagedList
        list={list}
        failed={text.failed}
        empty={text.empty}
        emptyText={text.emptyText}
        row={({ reason, patients }) => (
          <li
            key={patients.map(({ id }) => id).join()}
            data-testid="duplicate"
            className="px-5 py-4"
          >
            <Badge tone="warning">{text.reason[reason]}</Badge>
            <ul className="mt-2 grid gap-3 sm:grid-cols-2">
              {patients.map(({ id, name, cpf, birth_date, created_at }) => (
                <li key={id}>
                  <Link
                    prefetch={false}
                    href={`/pacientes/${id}`}
                    className="block rounded-md border border-line px-4 py-2 hover:bg-ground"
                  >
                    <span className="block font-semibold">{name}</span>
                    <span className="block text-sm text-ink-soft">
                      {[
                        cpf && formatCpf(cpf),
                        birth_date && formatDate(`${birth_date}T12:00:00Z`),
                        `cadastro de ${formatDate(created_at)}`,
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        )}
      />
    </>
  );
}
