'use client';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { DownloadButton } from '#components/shared/download-button.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { usePaged } from '#components/shared/use-paged.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { auditMessages as text } from '#messages/admin/audit.ts';
import { type AuditFilter, auditQuery, noFilter } from './audit-filter.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditRow } from './audit-row.tsx';
import { PagedList } from './paged-list.tsx';
import type { TabProps } from './tab-props.ts';

/** Who did what and when. */
export function AuditTab({ me }: TabProps) {
  const gateway = useGateway();
  const isAdmin = me.user.role === 'admin';
  const [filter, setFilter] = useState<AuditFilter>(noFilter);
  const query = auditQuery(filter);
  const list = usePaged(['audit', JSON.stringify(query)], (cursor) =>
    gateway.audit({ ...query, ...cursor, limit: 50 }),
  );
  const exported = new URLSearchParams({ ...query, format: 'csv', limit: '1000' });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-prose text-ink-soft">{isAdmin ? text.lead : text.leadDoctor}</p>
        <div className="flex flex-wrap gap-2">
          <DownloadButton
            label={text.export}
            failure={text.exportFailed}
            request={{ path: `/api/audit?${exported}`, fileName: 'auditoria.csv' }}
          />
          {isAdmin ? <VerifyChain /> : null}
        </div>
      </div>
      <AuditFilters filter={filter} onChange={setFilter} />
      <PagedList
        list={list}
        failed={text.failed}
        empty={text.empty}
        emptyText={text.emptyText}
        row={(entry) => (
          <AuditRow
            key={entry.id}
            entry={entry}
            onPerson={(person) => setFilter({ ...filter, person })}
          />
        )}
      />
    </div>
  );
}

/** Walks the chain of the audit and says whether anything was changed. */
function VerifyChain() {
  const gateway = useGateway();
  const { act, busy } = useAct();
  const [report, setReport] = useState<Awaited<ReturnType<typeof gateway.verifyAudit>> | null>(
    null,
  );
  return (
    <>
      <Button
        variant="secondary"
        busy={busy}
        onClick={() =>
          void act(async () => setReport(await gateway.verifyAudit()), {
            failed: text.verifyFailed,
          })
        }
      >
        <ShieldCheck aria-hidden="true" />
        {text.verify}
      </Button>
      {report ? (
        <Alert
          className="w-full"
          tone={report.ok ? 'ok' : 'danger'}
          title={report.ok ? text.verified(report.rows) : text.broken(report.problemCount)}
        >
          {report.ok ? text.verifiedText : text.brokenText}
        </Alert>
      ) : null}
    </>
  );
}
