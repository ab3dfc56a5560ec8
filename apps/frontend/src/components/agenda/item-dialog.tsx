'use client';
import type { Consultation } from '@medcall/shared-types';
import { isOpen } from '@medcall/shared-types';
import Link from 'next/link';
import { useState } from 'react';
import { StatusBadge } from '#components/dashboard/status-badge.tsx';
import { useCopyInvitation } from '#components/dashboard/use-copy-invitation.ts';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useDownload } from '#components/shared/use-download.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { useToast } from '#components/ui/toast.ts';
import type { AgendaItem } from '#lib/agenda/grid.ts';
import { clockOf } from '#lib/agenda/zone.ts';
import { doorOf } from '#lib/consultation-links.ts';
import { formatLongDate } from '#lib/utils.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { dashboardMessages } from '#messages/dashboard.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import type { Agenda } from './use-agenda.ts';

const text = agendaMessages.details;

interface Props {
  item: AgendaItem | null;
  /** The doctor's own: he may go in. */
  isOwn: boolean;
  agenda: Agenda;
  onClose: () => void;
  onMove: (item: AgendaItem) => void;
  onReturn: (consultation: Consultation) => void;
}

/** One booking, and what can be done with it. */
export function ItemDialog({ item, onClose, ...rest }: Props) {
  return (
    <Dialog
      open={item !== null}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={item?.consultation.patient?.name ?? ''}
    >
      {item ? <Details item={item} onClose={onClose} {...rest} /> : null}
    </Dialog>
  );
}

function Details({ item, isOwn, agenda, onClose, onMove, onReturn }: Props & { item: AgendaItem }) {
  const gateway = useGateway();
  const toast = useToast();
  const download = useDownload();
  const copyInvitation = useCopyInvitation();
  const [asking, setAsking] = useState<'cancel' | 'no-show' | null>(null);
  const { consultation, day, start, end } = item;
  const { id, status, type, patient } = consultation;
  const open = isOpen(status);
  const begun = Date.parse(consultation.scheduled_at ?? '') < Date.now();
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <p className="text-lg first-letter:uppercase">
          {formatLongDate(`${day}T12:00:00Z`)}, {clockOf(start)}–{clockOf(end)}
        </p>
        <StatusBadge status={status} />
      </div>
      <Facts consultation={consultation} />
      <div className="flex flex-wrap gap-2">
        {open && isOwn ? (
          <Button asChild>
            <Link prefetch={false} href={doorOf(consultation)}>
              {text.attend}
            </Link>
          </Button>
        ) : null}
        {status === 'COMPLETED' && isOwn ? (
          <Button asChild>
            <Link prefetch={false} href={`/consulta/${id}`}>
              {text.record}
            </Link>
          </Button>
        ) : null}
        {status === 'WAITING' ? (
          <Button variant="secondary" onClick={() => onMove(item)}>
            {text.move}
          </Button>
        ) : null}
        {status === 'COMPLETED' ? (
          <Button variant="secondary" onClick={() => onReturn(consultation)}>
            {text.returnVisit}
          </Button>
        ) : null}
        {open && type === 'ONLINE' ? (
          <Button variant="secondary" onClick={() => void copyInvitation(id)}>
            {text.invite}
          </Button>
        ) : null}
        {patient ? (
          <Button asChild variant="quiet">
            <Link prefetch={false} href={`/pacientes/${patient.id}`}>
              {text.chart}
            </Link>
          </Button>
        ) : null}
        {open ? (
          <Button
            variant="quiet"
            onClick={() =>
              void download({
                path: `/api/consultations/${id}/event.ics`,
                fileName: 'consulta.ics',
                failure: text.icsFailed,
              })
            }
          >
            {text.ics}
          </Button>
        ) : null}
      </div>
      {status === 'WAITING' ? (
        <div className="flex flex-wrap gap-2 border-t border-line pt-4">
          {begun ? (
            <Button variant="secondary" size="sm" onClick={() => setAsking('no-show')}>
              {text.noShow}
            </Button>
          ) : null}
          <Button
            variant="quiet"
            size="sm"
            className="text-danger"
            onClick={() => setAsking('cancel')}
          >
            {text.cancel}
          </Button>
        </div>
      ) : null}
      <CancelDialog
        consultation={asking === 'cancel' ? consultation : null}
        agenda={agenda}
        onClose={() => setAsking(null)}
        onCancelled={onClose}
      />
      <ConfirmDialog
        open={asking === 'no-show'}
        onClose={() => setAsking(null)}
        title={agendaMessages.noShow.title(patient?.name ?? '')}
        description={agendaMessages.noShow.text}
        action={agendaMessages.noShow.action}
        onConfirm={async () => {
          await agenda.change(gateway.markNoShow(id));
          toast({
            title: agendaMessages.noShow.done,
            description: agendaMessages.noShow.doneText,
            tone: 'ok',
          });
          onClose();
        }}
      />
    </div>
  );
}

function Facts({ consultation }: { consultation: Consultation }) {
  const { type, booked_by, return_of, cancel_reason, patient_answer, status } = consultation;
  const answer =
    patient_answer && status === 'WAITING'
      ? { confirmed: agendaMessages.confirmed, declined: agendaMessages.declined }[patient_answer]
      : null;
  return (
    <ul className="text-ink-soft">
      <li>
        {dashboardMessages.type[type]}
        {return_of ? ` · ${text.returns}` : ''}
      </li>
      <li>{text.bookedBy[booked_by]}</li>
      {answer ? <li className="font-semibold text-ink first-letter:uppercase">{answer}</li> : null}
      {cancel_reason ? (
        <li>
          {text.reason}: {cancel_reason}
        </li>
      ) : null}
    </ul>
  );
}
