'use client';
import { type Consultation, isOpen } from '@medcall/shared-types';
import { Link2, MapPin, Video } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { LeftMessages } from '#components/consultation/left-messages.tsx';
import { Button } from '#components/ui/button.ts';
import { doorOf } from '#lib/consultation-links.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { dashboardMessages as text } from '#messages/dashboard.ts';
import { StatusBadge } from './status-badge.tsx';
import { useCopyInvitation } from './use-copy-invitation.ts';

interface Props {
  consultation: Consultation;
  /** Who is at the door, by name. */
  waiting?: readonly string[];
  /** My id as a doctor; null for administrators, who enter no room. */
  doctorId: string | null;
  /** The list spans days and holds finished consultations alone: the date says more than the state. */
  withDate?: boolean;
  emphasised?: boolean;
}

/** One consultation: when, who, how, and the one thing to do with it. */
export function ConsultationRow({
  consultation,
  waiting = [],
  doctorId,
  withDate = false,
  emphasised = false,
}: Props) {
  const { patient, type, status, scheduled_at, started_at, created_at } = consultation;
  const at = scheduled_at ?? started_at;
  const Icon = type === 'ONLINE' ? Video : MapPin;
  return (
    <li
      data-testid="consultation"
      data-consultation={consultation.id}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3"
    >
      <p className="w-16 shrink-0 text-lg font-semibold">
        {at ? (
          formatTime(at)
        ) : (
          <span className="block text-sm leading-tight font-normal text-ink-soft">
            {text.notScheduled}
          </span>
        )}
        {withDate ? (
          <span className="block text-sm font-normal text-ink-soft">
            {formatDate(at ?? created_at).slice(0, 5)}
          </span>
        ) : null}
      </p>
      <div className="min-w-28 flex-1 sm:min-w-40">
        <p className="font-semibold">{patient?.name ?? '—'}</p>
        {waiting.length > 0 ? (
          <>
            <p className="font-semibold text-accent">{text.waitingSince(waiting.join(', '))}</p>
            {doctorId === consultation.doctor_id ? (
              <LeftMessages consultationId={consultation.id} waiting />
            ) : null}
          </>
        ) : (
          <p className="flex items-center gap-1.5 text-sm text-ink-soft">
            <Icon className="size-4" aria-hidden="true" />
            {text.type[type]}
          </p>
        )}
      </div>
      {withDate ? null : <StatusBadge status={status} />}
      {doctorId === consultation.doctor_id ? (
        <Actions consultation={consultation} emphasised={emphasised || waiting.length > 0} />
      ) : null}
    </li>
  );
}

function Actions({
  consultation,
  emphasised,
}: {
  consultation: Consultation;
  emphasised: boolean;
}) {
  const copyInvitation = useCopyInvitation();
  const [copying, setCopying] = useState(false);
  const { id, type, status, patient } = consultation;
  const name = patient?.name ?? '';
  if (!isOpen(status)) {
    return status === 'COMPLETED' ? (
      <Button asChild variant="secondary" size="sm" className="ml-auto">
        <Link prefetch={false} href={`/consulta/${id}`} aria-label={`${text.openRecord}: ${name}`}>
          {text.openRecord}
        </Link>
      </Button>
    ) : null;
  }
  return (
    <div className="ml-auto flex gap-2">
      {type === 'ONLINE' ? (
        <Button
          variant="quiet"
          size="sm"
          busy={copying}
          aria-label={`${text.copyInvite}: ${name}`}
          onClick={() => {
            setCopying(true);
            void copyInvitation(id).finally(() => setCopying(false));
          }}
        >
          <Link2 aria-hidden="true" />
          {text.copyInvite}
        </Button>
      ) : null}
      <Button asChild variant={emphasised ? 'primary' : 'secondary'} size="sm">
        <Link prefetch={false} href={doorOf(consultation)} aria-label={`${text.attend}: ${name}`}>
          {status === 'IN_PROGRESS' ? text.resume : text.attend}
        </Link>
      </Button>
    </div>
  );
}
