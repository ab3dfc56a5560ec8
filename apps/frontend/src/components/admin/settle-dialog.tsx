'use client';
import { type FormEvent, useState } from 'react';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Textarea } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { dataRequestMessages as text } from '#messages/admin/data-requests.ts';

const shortest = 3;

interface Props {
  requestId: string;
  outcome: 'done' | 'refused' | null;
  onClose: () => void;
  onSettled: () => void;
}

/** What was done about a request, or why not. */
export function SettleDialog({ outcome, onClose, ...rest }: Props) {
  const refusing = outcome === 'refused';
  return (
    <Dialog
      open={outcome !== null}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={refusing ? text.refuseTitle : text.finishTitle}
      description={refusing ? text.refuseText : text.finishText}
    >
      {outcome ? <SettleForm outcome={outcome} onClose={onClose} {...rest} /> : null}
    </Dialog>
  );
}

function SettleForm({
  requestId,
  outcome,
  onClose,
  onSettled,
}: Props & { outcome: 'done' | 'refused' }) {
  const gateway = useGateway();
  const toast = useToast();
  const [resolution, setResolution] = useState('');
  const [missing, setMissing] = useState(false);
  const { attempt, busy, trouble } = useAttempt();
  const refusing = outcome === 'refused';

  async function settle(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (resolution.trim().length < shortest) return setMissing(true);
    await attempt(async () => {
      await gateway.updateDataRequest(requestId, { status: outcome, resolution });
      toast({ title: text.settled, description: text.settledText, tone: 'ok' });
      onClose();
      onSettled();
    });
  }

  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void settle(event)}>
      <Field
        label={refusing ? text.reason : text.resolution}
        error={missing ? text.resolutionMissing : undefined}
      >
        <Textarea
          rows={4}
          maxLength={4000}
          value={resolution}
          onChange={(event) => {
            setResolution(event.target.value);
            setMissing(false);
          }}
        />
      </Field>
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      <Button type="submit" variant={refusing ? 'danger' : 'primary'} busy={busy}>
        {refusing ? text.refuse : text.finish}
      </Button>
    </form>
  );
}
