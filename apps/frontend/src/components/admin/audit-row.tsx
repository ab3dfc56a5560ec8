'use client';
import { type AuditEntryView, auditLabel, auditRecordLabel } from '@medcall/shared-types';
import Link from 'next/link';
import { Badge } from '#components/ui/badge.ts';
import { formatDate, formatTime, lowerFirst } from '#lib/utils.ts';
import { auditMessages as text } from '#messages/admin/audit.ts';

interface Props {
  entry: AuditEntryView;
  onPerson: (person: { id: string; name: string }) => void;
}

/** Who, what, of whom, when and from where, as a sentence. */
export function AuditRow({ entry, onPerson }: Props) {
  const { actor_name, user_id, patient_id, patient_name, outcome, created_at, ip } = entry;
  const record = auditRecordLabel(entry.table_name);
  const actor = actor_name ?? (entry.actor_kind === 'paciente' ? text.patientRoom : text.system);
  return (
    <li
      data-testid="audit-entry"
      className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-5 py-2.5"
    >
      <p className="min-w-60 flex-1">
        {user_id && actor_name ? (
          <button
            type="button"
            title={text.onlyPerson(actor)}
            className="cursor-pointer font-semibold underline decoration-line-strong/50 underline-offset-4 hover:decoration-ink"
            onClick={() => onPerson({ id: user_id, name: actor_name })}
          >
            {actor}
          </button>
        ) : (
          <span className="font-semibold">{actor}</span>
        )}
        : {lowerFirst(auditLabel(entry.action))}
        {patient_id && patient_name ? (
          <>
            {' '}
            <Link
              prefetch={false}
              href={`/pacientes/${patient_id}`}
              className="underline decoration-line-strong/50 underline-offset-4 hover:decoration-ink"
            >
              {text.on(patient_name)}
            </Link>
          </>
        ) : record && patient_id ? (
          <span className="text-ink-soft"> ({record})</span>
        ) : null}{' '}
        {outcome === 'denied' ? <Badge tone="warning">{text.denied}</Badge> : null}
        {outcome === 'failed' ? <Badge tone="danger">{text.failedOutcome}</Badge> : null}
      </p>
      <p className="text-sm text-ink-soft">
        {ip ? `${ip} · ` : ''}
        <time dateTime={created_at}>
          {formatDate(created_at)}, {formatTime(created_at)}
        </time>
      </p>
    </li>
  );
}
