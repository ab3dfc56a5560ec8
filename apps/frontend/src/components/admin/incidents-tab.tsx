'use client';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useGateway } from '#components/shared/use-gateway.ts';
import { usePaged } from '#components/shared/use-paged.ts';
import { Button } from '#components/ui/button.ts';
import { formatDate } from '#lib/utils.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';
import { IncidentBadge } from './incident-badge.tsx';
import { IncidentPanel } from './incident-panel.tsx';
import { ListRow } from './list-row.tsx';
import { NewIncidentDialog } from './new-incident-dialog.tsx';
import { Register } from './register.tsx';

const addressOf = (id: string) => `/admin?aba=incidentes&incidente=${id}`;

/** The register of security incidents; the opened one is in the address. */
export function IncidentsTab() {
  const opened = useSearchParams().get('incidente');
  return opened ? <IncidentPanel key={opened} id={opened} /> : <IncidentList />;
}

function IncidentList() {
  const gateway = useGateway();
  const router = useRouter();
  const list = usePaged(['incidents'], (cursor) => gateway.incidents({ ...cursor, limit: 50 }));
  return (
    <Register
      lead={text.lead}
      add={text.add}
      list={list}
      failed={text.failed}
      empty={text.empty}
      emptyText={text.emptyText}
      row={(one) => (
        <ListRow
          key={one.id}
          testId="incident"
          title={text.numbered(one.number, one.title)}
          facts={text.detected(formatDate(one.detected_at))}
          badge={<IncidentBadge incident={one} />}
          actions={
            <Button asChild size="sm" variant="secondary">
              <Link href={addressOf(one.id)} aria-label={`${text.open}: ${one.title}`}>
                {text.open}
              </Link>
            </Button>
          }
        />
      )}
      dialog={(open, onOpenChange) => (
        <NewIncidentDialog
          open={open}
          onOpenChange={onOpenChange}
          onCreated={(id) => {
            list.reload();
            router.push(addressOf(id));
          }}
        />
      )}
    />
  );
}
