'use client';
import Link from 'next/link';
import { PagedList } from '#components/admin/paged-list.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { usePaged } from '#components/shared/use-paged.ts';
import { Button } from '#components/ui/button.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';
import { DuplicateGroup } from './duplicate-group.tsx';
import { PatientsHead } from './patients-head.tsx';

const text = patientListsMessages.duplicates;

/** Cards that look like one person's, side by side. Those that were dismissed have an address of their own. */
export function DuplicatesScreen({ dismissed }: { dismissed: boolean }) {
  const gateway = useGateway();
  const list = usePaged(
    ['patient-duplicates', dismissed],
    (cursor) => gateway.patientDuplicates({ ...cursor, dismissed: String(dismissed) }),
    // What leaves one of the two lists comes to the other.
    { fresh: true },
  );
  return (
    <>
      <PatientsHead title={text.title} className="mb-2" />
      <p className="mb-4 max-w-prose text-ink-soft">{dismissed ? text.leadDismissed : text.lead}</p>
      <Button asChild variant="secondary" size="sm" className="mb-4">
        <Link prefetch={false} href={dismissed ? path : `${path}?ver=dispensados`}>
          {dismissed ? text.showOpen : text.showDismissed}
        </Link>
      </Button>
      <PagedList
        list={list}
        failed={text.failed}
        empty={dismissed ? text.emptyDismissed : text.empty}
        emptyText={text.emptyText}
        row={(group) => (
          <DuplicateGroup
            key={[group.reason, ...group.patients.map(({ id }) => id)].join()}
            group={group}
            dismissed={dismissed}
            onChanged={list.reload}
          />
        )}
      />
    </>
  );
}

const path = '/pacientes/repetidos';
