'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { callMessages } from '#messages/call.ts';

const text = callMessages.endDialog;

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => Promise<void>;
}

/** Asks once and says what will happen. */
export function EndDialog({ open, onOpenChange, onConfirm }: Props) {
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text.title}
      description={text.text}
      footer={
        <>
          <Button variant="secondary" onClick={() => onOpenChange(false)}>
            {text.cancel}
          </Button>
          <Button
            variant="danger"
            busy={busy}
            onClick={() => {
              setBusy(true);
              void onConfirm().finally(() => setBusy(false));
            }}
          >
            {text.confirm}
          </Button>
        </>
      }
    />
  );
}
