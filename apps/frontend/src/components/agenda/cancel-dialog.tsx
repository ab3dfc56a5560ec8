'use client';
import type { Consultation } from '@medcall/shared-types';
import { useState } from 'react';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { ApiError } from '#lib/api/api-error.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { sharedMessages } from '#messages/shared.ts';
import type { Agenda } from './use-agenda.ts';

const text = agendaMessages.cancel;
const shortest = 3;

interface Props {
  consultation: Consultation | null;
  agenda: Agenda;
  onClose: () => void;
  onCancelled: () => void;
}

/** Cancels with a reason that stays on the record. */
export function CancelDialog({ consultation, agenda, onClose, onCancelled }: Props) {
  const gateway = useGateway();
  const toast = useToast();
  const [reason, setReason] = useState('');

  async function cancel(): Promise<void> {
    if (!consultation) return;
    if (reason.trim().length < shortest) throw new ApiError('validation_failed', text.missing);
    await agenda.change(gateway.cancelConsultation(consultation.id, reason.trim()));
    toast({ title: text.done, description: text.doneText, tone: 'ok' });
    setReason('');
    onCancelled();
  }

  return (
    <ConfirmDialog
      open={consultation !== null}
      onClose={onClose}
      title={text.title(consultation?.patient?.name ?? '')}
      description={text.text}
      action={text.action}
      dismiss={sharedMessages.back}
      danger
      onConfirm={cancel}
    >
      <div className="flex flex-wrap gap-2">
        {text.reasons.map((common) => (
          <Button key={common} size="sm" variant="secondary" onClick={() => setReason(common)}>
            {common}
          </Button>
        ))}
      </div>
      <Field label={text.reason} hint={text.reasonHint}>
        <Input maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}
