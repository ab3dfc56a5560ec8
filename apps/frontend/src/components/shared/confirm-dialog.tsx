'use client';
import { type ReactNode, useState } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { sharedMessages } from '#messages/shared.ts';

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, and what stays. */
  description: ReactNode;
  /** The verb on the button. */
  action: string;
  danger?: boolean;
  /** What leaves things as they are, where “Cancelar” could be taken for the deed. */
  dismiss?: string;
  children?: ReactNode;
  /** Rejects when it did not work: the sentence is shown and the question stays. */
  onConfirm: () => Promise<unknown>;
}

/** Asks once before something that has no way back. */
export function ConfirmDialog(props: Props) {
  const { open, onClose, title, description, action, danger = false, children, onConfirm } = props;
  const { dismiss = sharedMessages.cancel } = props;
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  function close(): void {
    setTrouble(null);
    onClose();
  }

  async function confirm(): Promise<void> {
    setBusy(true);
    setTrouble(null);
    try {
      await onConfirm();
      close();
    } catch (error) {
      setTrouble(errorSentence(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      title={title}
      description={description}
      footer={
        <>
          <Button variant="secondary" onClick={close}>
            {dismiss}
          </Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            busy={busy}
            onClick={() => void confirm()}
          >
            {action}
          </Button>
        </>
      }
    >
      {children}
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
    </Dialog>
  );
}
