'use client';
import type { DocumentView } from '@medcall/shared-types';
import { useState } from 'react';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { documentMessages as text } from '#messages/documents.ts';
import { sharedMessages } from '#messages/shared.ts';

const shortestReason = 3;

interface Props {
  /** Null while nothing is being revoked. */
  document: DocumentView | null;
  onClose: () => void;
  onRevoke: (documentId: string, reason: string) => Promise<void>;
}

/** A paper that no longer holds: the reason stays in the record. */
export function RevokeDialog({ document, onClose, onRevoke }: Props) {
  const [reason, setReason] = useState('');
  const { attempt, busy, setTrouble, trouble } = useAttempt();

  async function revoke(): Promise<void> {
    if (!document) return;
    await attempt(async () => {
      await onRevoke(document.id, reason.trim());
      close();
    });
  }

  /** The next paper has a reason of its own. */
  function close(): void {
    setReason('');
    setTrouble(null);
    onClose();
  }

  return (
    <Dialog
      open={document !== null}
      onOpenChange={(open) => (open ? undefined : close())}
      title={text.revokeTitle}
      description={text.revokeText}
      footer={
        <>
          <Button variant="secondary" onClick={close}>
            {sharedMessages.cancel}
          </Button>
          <Button
            variant="danger"
            busy={busy}
            disabled={reason.trim().length < shortestReason}
            onClick={() => void revoke()}
          >
            {text.revoke}
          </Button>
        </>
      }
    >
      <Field label={text.revokeReason}>
        <Input maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {trouble ? (
        <Alert tone="danger" title={text.revokeFailed}>
          {trouble}
        </Alert>
      ) : null}
    </Dialog>
  );
}
