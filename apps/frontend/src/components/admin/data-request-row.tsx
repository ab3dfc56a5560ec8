'use client';
import type { DataRequest, ErasureResult } from '@medcall/shared-types';
import { useState } from 'react';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { formatDate } from '#lib/utils.ts';
import { dataRequestMessages as text } from '#messages/admin/data-requests.ts';
import { ErasureDialog } from './erasure-dialog.tsx';
import { ListRow } from './list-row.tsx';
import { SettleDialog } from './settle-dialog.tsx';

interface Props {
  request: DataRequest;
  isAdmin: boolean;
  onChanged: () => void;
}

/** One request: who, what, how long is left, and what can be done. */
export function DataRequestRow({ request, isAdmin, onChanged }: Props) {
  const gateway = useGateway();
  const { act, busy } = useAct();
  const [settling, setSettling] = useState<'done' | 'refused' | null>(null);
  const [erasing, setErasing] = useState(false);
  const [erased, setErased] = useState<ErasureResult | null>(null);
  const { kind, status, details, resolution } = request;

  async function begin(): Promise<void> {
    const done = await act(() => gateway.updateDataRequest(request.id, { status: 'in_progress' }), {
      done: { title: text.began },
      failed: text.actFailed,
    });
    if (done) onChanged();
  }

  const actions = (
    <>
      {status === 'open' ? (
        <Button size="sm" variant="secondary" busy={busy} onClick={() => void begin()}>
          {text.begin}
        </Button>
      ) : null}
      {kind === 'erasure' ? (
        <Button size="sm" variant="secondary" onClick={() => setErasing(true)}>
          {text.erase}
        </Button>
      ) : (
        <Button size="sm" variant="secondary" onClick={() => setSettling('done')}>
          {text.finish}
        </Button>
      )}
      <Button size="sm" variant="quiet" onClick={() => setSettling('refused')}>
        {text.refuse}
      </Button>
    </>
  );
  return (
    <ListRow
      testId="data-request"
      title={`${text.kinds[kind]} · ${request.patient_name}`}
      facts={clockOf(request)}
      badge={<StateBadge request={request} />}
      actions={isAdmin && request.days_left !== null ? actions : null}
    >
      {details ? <p className="text-sm">{details}</p> : null}
      {resolution ? <p className="mt-1 border-l-2 border-line pl-3 text-sm">{resolution}</p> : null}
      <SettleDialog
        requestId={request.id}
        outcome={settling}
        onClose={() => setSettling(null)}
        onSettled={onChanged}
      />
      <ConfirmDialog
        open={erasing}
        onClose={() => setErasing(false)}
        title={text.eraseTitle}
        description={text.eraseText}
        action={text.erase}
        danger
        onConfirm={async () => setErased(await gateway.eraseByRequest(request.id))}
      />
      <ErasureDialog
        result={erased}
        onClose={() => {
          setErased(null);
          onChanged();
        }}
      />
    </ListRow>
  );
}

function clockOf({ requested_at, due_at, resolved_at, days_left }: DataRequest): string {
  const asked = text.asked(formatDate(requested_at));
  if (days_left === null) {
    return resolved_at ? `${asked} · ${text.resolved(formatDate(resolved_at))}` : asked;
  }
  return `${asked} · ${text.due(formatDate(due_at))}`;
}

function StateBadge({ request: { status, days_left } }: { request: DataRequest }) {
  if (days_left === null) {
    return <Badge tone={status === 'done' ? 'ok' : 'neutral'}>{text.status[status]}</Badge>;
  }
  if (days_left < 0) return <Badge tone="danger">{text.late(-days_left)}</Badge>;
  return <Badge tone={days_left <= 5 ? 'warning' : 'accent'}>{text.daysLeft(days_left)}</Badge>;
}
