'use client';
import type { ImportReport } from '@medcall/shared-types';
import Link from 'next/link';
import { useState } from 'react';
import { ChoiceBar } from '#components/shared/choice-bar.tsx';
import { Alert } from '#components/ui/alert.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card } from '#components/ui/card.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';

const text = patientListsMessages.import;
const tones = { created: 'ok', duplicate: 'neutral', invalid: 'danger' } as const;
/** More rows at once would make the page slow. */
const pageRows = 200;

interface Props {
  report: ImportReport;
  busy: boolean;
  onConfirm: () => void;
  onAgain: () => void;
}

/** What becomes of each line: before, what would; after, what did. */
export function ImportReportView({ report, busy, onConfirm, onAgain }: Props) {
  const { dry_run: trial, totals, encoding, separator, lines } = report;
  const [filter, setFilter] = useState<keyof typeof text.filters>('todas');
  const [shownRows, setShownRows] = useState(pageRows);
  const shown = lines.filter(({ status }) => filter === 'todas' || status === 'invalid');
  return (
    <div className="flex flex-col gap-4">
      <Alert tone={trial ? 'neutral' : 'ok'} title={trial ? undefined : text.done}>
        <ul className="flex flex-wrap gap-x-6 gap-y-1 font-semibold">
          <li>{trial ? text.willCreate(totals.created) : text.created(totals.created)}</li>
          {totals.duplicate > 0 ? <li>{text.duplicate(totals.duplicate)}</li> : null}
          {totals.invalid > 0 ? (
            <li className="text-danger">{text.invalid(totals.invalid)}</li>
          ) : null}
        </ul>
        <p className="mt-1 text-sm text-ink-soft">{text.encoding(encoding, separator)}</p>
      </Alert>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ChoiceBar label={text.filter} choices={text.filters} value={filter} onChange={setFilter} />
        <div className="flex flex-wrap gap-3">
          <Button variant="secondary" disabled={busy} onClick={onAgain}>
            {text.again}
          </Button>
          {trial ? (
            <Button busy={busy} disabled={totals.created === 0} onClick={onConfirm}>
              {text.confirm(totals.created)}
            </Button>
          ) : (
            <Button asChild>
              <Link href="/pacientes">{text.doneAction}</Link>
            </Button>
          )}
        </div>
      </div>
      {trial && totals.created === 0 ? <p>{text.nothing}</p> : null}
      <Card className="overflow-x-auto">
        <table className="w-full text-left">
          <thead className="border-b border-line text-sm text-ink-soft">
            <tr>
              <th className="px-4 py-2 font-semibold">{text.line}</th>
              <th className="px-4 py-2 font-semibold">{text.name}</th>
              <th className="px-4 py-2 font-semibold">{text.what}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {shown.slice(0, shownRows).map(({ line, name, status, patient_id, problems }) => (
              <tr key={line} data-testid="import-line" className="align-top">
                <td className="px-4 py-2 text-ink-soft">{line}</td>
                <td className="px-4 py-2 font-semibold">{name}</td>
                <td className="px-4 py-2">
                  <Badge tone={tones[status]}>
                    {!trial && status === 'created' ? text.createdStatus : text.status[status]}
                  </Badge>{' '}
                  {patient_id ? (
                    <Link
                      prefetch={false}
                      href={`/pacientes/${patient_id}`}
                      className="text-accent underline underline-offset-4"
                    >
                      {text.openCard}
                    </Link>
                  ) : null}
                  {problems.map(({ column, message }) => (
                    <p key={`${column}${message}`} className="mt-1 text-sm">
                      <span className="font-semibold">{column}</span>: {message}
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      {shown.length > shownRows ? (
        <Button variant="secondary" onClick={() => setShownRows(shownRows + pageRows)}>
          {text.more}
        </Button>
      ) : null}
    </div>
  );
}
