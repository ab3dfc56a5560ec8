'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';

const text = doctorCallMessages.endDialog;

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => Promise<void>;
  /** What ending means here; the call's words by default. */
  words?: { title: string; text: string };
}

/** Asks once and says what will happen. */
export function EndDialog({ open, onOpenChange, onConfirm, words = text }: Props) {
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={words.title}
      description={words.text}
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
