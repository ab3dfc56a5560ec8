'use client';
import type { DocumentView } from '@medcall/shared-types';
import { useState } from 'react';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useDownload } from '#components/shared/use-download.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { useToast } from '#components/ui/toast.ts';
import { cn } from '#lib/utils.ts';
import { documentMessages as text } from '#messages/documents.ts';
import { signatureMessages } from '#messages/signature.ts';
import { DocumentDialog } from './document-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { SendLink } from './send-link.tsx';
import { useDocuments } from './use-documents.ts';

interface Props {
  consultationId: string;
  /** Under which a kind of paper is saved. */
  fileName: (what: string) => string;
  patientId: string;
  mine: boolean;
  noteSigned: boolean;
}

/** Papers for the patient: written, approved, opened, revoked, and the link that gives them. */
export function DocumentsCard(props: Props) {
  const { consultationId, fileName, patientId, mine, noteSigned } = props;
  const gateway = useGateway();
  const toast = useToast();
  const [creating, setCreating] = useState(false);
  const [approving, setApproving] = useState<DocumentView | null>(null);
  const [revoking, setRevoking] = useState<DocumentView | null>(null);
  const { data, error, mutate } = useDocuments(consultationId);
  // A letter that is being written has a place of its own.
  const items = (data?.items ?? []).filter(
    ({ kind, status }) => kind !== 'letter' || status !== 'draft',
  );
  const anyApproved = items.some(({ status }) => status === 'approved');

  async function approve({ id }: DocumentView): Promise<void> {
    await gateway.approveDocument(consultationId, id);
    toast({ title: text.approved, description: text.approvedText, tone: 'ok' });
    await mutate();
  }

  return (
    <Card
      aria-label={text.title}
      data-testid="documents"
      className={cn(items.length === 0 && 'print:hidden')}
    >
      <CardHeader>
        <CardTitle>{text.title}</CardTitle>
        {mine ? (
          <Button size="sm" variant="secondary" onClick={() => setCreating(true)}>
            {text.add}
          </Button>
        ) : null}
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        {error && !data ? <p className="text-danger">{text.failed}</p> : null}
        {data && items.length === 0 ? <p className="text-ink-soft">{text.empty}</p> : null}
        <ul className="flex flex-col divide-y divide-line">
          {items.map((item) => (
            <DocumentRow
              key={item.id}
              document={item}
              mine={mine}
              saveAs={fileName(item.title)}
              onApprove={() => setApproving(item)}
              onRevoke={() => setRevoking(item)}
            />
          ))}
        </ul>
        {mine && anyApproved ? (
          <SendLink consultationId={consultationId} patientId={patientId} />
        ) : null}
      </CardContent>
      <DocumentDialog
        open={creating}
        onOpenChange={setCreating}
        noteSigned={noteSigned}
        onCreate={async (draft) => {
          await gateway.createDocument(consultationId, draft);
          await mutate();
        }}
      />
      <ConfirmDialog
        open={approving !== null}
        onClose={() => setApproving(null)}
        title={text.approveTitle(approving?.title ?? '')}
        description={text.approveText}
        action={text.approve}
        onConfirm={async () => approving && approve(approving)}
      >
        {approving ? (
          <div>
            <OpenPdf document={approving} label={text.approveCheck} />
          </div>
        ) : null}
      </ConfirmDialog>
      <RevokeDialog
        document={revoking}
        onClose={() => setRevoking(null)}
        onRevoke={async (id, reason) => {
          await gateway.revokeDocument(consultationId, id, reason);
          await mutate();
        }}
      />
    </Card>
  );
}

const tones = { draft: 'warning', approved: 'ok', revoked: 'danger' } as const;

function DocumentRow({
  document,
  mine,
  saveAs,
  onApprove,
  onRevoke,
}: {
  document: DocumentView;
  mine: boolean;
  saveAs: string;
  onApprove: () => void;
  onRevoke: () => void;
}) {
  const { title, status } = document;
  return (
    <li className="flex flex-wrap items-center gap-2 py-2" data-testid="document">
      <span className="min-w-32 flex-1 font-semibold">{title}</span>
      <Badge tone={tones[status]}>{text.status[status]}</Badge>
      {document.signature ? (
        <Badge tone={document.signature.test ? 'warning' : 'ok'}>
          {document.signature.test ? signatureMessages.signedTest : signatureMessages.signed}
        </Badge>
      ) : null}
      {status === 'approved' ? (
        <OpenPdf document={document} label={text.save} saveAs={saveAs} />
      ) : (
        <OpenPdf document={document} label={text.open} />
      )}
      {mine && status === 'draft' ? (
        <Button size="sm" aria-label={`${text.approve}: ${title}`} onClick={onApprove}>
          {text.approve}
        </Button>
      ) : null}
      {mine && status === 'approved' ? (
        <Button
          size="sm"
          variant="quiet"
          aria-label={`${text.revoke}: ${title}`}
          onClick={onRevoke}
        >
          {text.revoke}
        </Button>
      ) : null}
    </li>
  );
}

/** Saves the paper under a name, or shows it in a tab of its own. */
function OpenPdf({
  document: { id, consultation_id, title },
  label,
  saveAs,
}: {
  document: DocumentView;
  label: string;
  saveAs?: string;
}) {
  const download = useDownload();
  return (
    <Button
      variant="link"
      size="sm"
      aria-label={`${label}: ${title}`}
      onClick={() =>
        void download({
          path: `/api/consultations/${consultation_id}/documents/${id}/pdf`,
          fileName: saveAs ?? `${title}.pdf`,
          inTab: saveAs === undefined,
          failure: text.openFailed,
        })
      }
    >
      {label}
    </Button>
  );
}
