'use client';
import type { ReactNode } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { sharedMessages } from '#messages/shared.ts';
import { useAttempt } from './use-attempt.ts';

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
  const { attempt, busy, setTrouble, trouble } = useAttempt();

  function close(): void {
    setTrouble(null);
    onClose();
  }

  async function confirm(): Promise<void> {
    await attempt(async () => {
      await onConfirm();
      close();
    });
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
