'use client';
import type { ClinicDoctor } from '@medcall/shared-types';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import useSWR from 'swr';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card } from '#components/ui/card.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { useToast } from '#components/ui/toast.ts';
import { doctorsMessages as text } from '#messages/admin/doctors.ts';
import { DoctorDialog } from './doctor-dialog.tsx';
import { ListRow } from './list-row.tsx';
import type { TabProps } from './tab-props.ts';

/** Who attends in this clinic. */
export function DoctorsTab({ me }: TabProps) {
  const gateway = useGateway();
  const toast = useToast();
  const isAdmin = me.user.role === 'admin';
  /** Null: the dialog is closed; `new`: somebody is invited. */
  const [editing, setEditing] = useState<ClinicDoctor | 'new' | null>(null);
  const [leaving, setLeaving] = useState<ClinicDoctor | null>(null);
  const { data, error, mutate } = useSWR('doctors', () => gateway.doctors(), {
    revalidateOnFocus: false,
  });
  const invite = isAdmin ? (
    <Button onClick={() => setEditing('new')}>
      <UserPlus aria-hidden="true" />
      {text.invite}
    </Button>
  ) : null;
  return (
    <>
      {invite && data?.items.length ? <div className="mb-4 flex justify-end">{invite}</div> : null}
      <Remote data={data} error={error} failed={text.failed} onRetry={() => void mutate()}>
        {({ items }) => (
          <Card>
            {items.length === 0 ? (
              <EmptyState title={text.empty} action={invite}>
                {text.emptyText}
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line">
                {[...items].sort(activeFirst).map((doctor) => (
                  <ListRow
                    key={doctor.id}
                    testId="doctor"
                    title={doctor.nome}
                    facts={factsOf(doctor)}
                    badge={
                      <Badge tone={doctor.active ? 'ok' : 'neutral'}>
                        {doctor.active ? text.active : text.inactive}
                      </Badge>
                    }
                    actions={
                      isAdmin && doctor.active ? (
                        <>
                          <Button
                            variant="secondary"
                            size="sm"
                            aria-label={`${text.change}: ${doctor.nome}`}
                            onClick={() => setEditing(doctor)}
                          >
                            {text.change}
                          </Button>
                          <Button
                            variant="quiet"
                            size="sm"
                            aria-label={`${text.deactivate}: ${doctor.nome}`}
                            onClick={() => setLeaving(doctor)}
                          >
                            {text.deactivate}
                          </Button>
                        </>
                      ) : null
                    }
                  />
                ))}
              </ul>
            )}
          </Card>
        )}
      </Remote>
      <DoctorDialog
        open={editing !== null}
        doctor={editing === 'new' ? null : editing}
        onClose={() => setEditing(null)}
        onDone={() => void mutate()}
      />
      <ConfirmDialog
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        title={text.deactivateTitle(leaving?.nome ?? '')}
        description={text.deactivateText}
        action={text.deactivate}
        danger
        onConfirm={async () => {
          if (!leaving) return;
          await gateway.deactivateDoctor(leaving.id);
          toast({ title: text.deactivated(leaving.nome), tone: 'ok' });
          await mutate();
        }}
      />
    </>
  );
}

function factsOf({ crm, rqe, especialidade, email }: ClinicDoctor): string {
  return [`CRM ${crm}`, rqe && `RQE ${rqe}`, especialidade, email].filter(Boolean).join(' · ');
}

function activeFirst(a: ClinicDoctor, b: ClinicDoctor): number {
  return Number(b.active) - Number(a.active) || a.nome.localeCompare(b.nome, 'pt-BR');
}
