'use client';
import { useState } from 'react';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { noteMessages as text } from '#messages/note.ts';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names of the sections in which nothing is written. */
  missing: readonly string[];
  /** Only then is there a CID that could be printed. */
  hasCid: boolean;
  onSign: (showsCid: boolean) => Promise<void>;
}

/** Says what signing means and asks the one question that it needs. */
export function SignDialog({ open, onOpenChange, missing, hasCid, onSign }: Props) {
  const [showsCid, setShowsCid] = useState(false);
  const { attempt, busy, setTrouble, trouble } = useAttempt();

  async function sign(): Promise<void> {
    await attempt(async () => {
      await onSign(showsCid);
      close();
    });
  }

  function close(): void {
    setTrouble(null);
    onOpenChange(false);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={missing.length > 0 ? text.signWithout(missing) : text.signTitle}
      description={text.signText}
      footer={
        <>
          <Button variant="secondary" onClick={close}>
            {text.signCancel}
          </Button>
          <Button busy={busy} onClick={() => void sign()}>
            {text.signConfirm}
          </Button>
        </>
      }
    >
      {missing.length > 0 ? (
        <Alert tone="warning" data-testid="empty-sections">
          {text.signWithoutText(missing.length)}
        </Alert>
      ) : null}
      {hasCid ? (
        <Checkbox
          checked={showsCid}
          onCheckedChange={setShowsCid}
          label={text.signCid}
          description={text.signCidText}
        />
      ) : null}
      {trouble ? (
        <Alert tone="danger" title={text.signFailed} className="mt-4">
          {trouble}
        </Alert>
      ) : null}
    </Dialog>
  );
}
