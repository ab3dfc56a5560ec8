'use client';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { webhookMessages as text } from '#messages/admin/webhook.ts';
import { sharedMessages } from '#messages/shared.ts';

/** A secret that is shown this once. */
export function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const toast = useToast();

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(secret ?? '');
      toast({ title: text.copied, tone: 'ok' });
    } catch {
      toast({ title: text.copyFailed, tone: 'danger' });
    }
  }

  return (
    <Dialog
      open={secret !== null}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={text.secretTitle}
      description={text.secretText}
      footer={
        <>
          <Button variant="secondary" onClick={onClose}>
            {sharedMessages.close}
          </Button>
          <Button onClick={() => void copy()}>{text.copy}</Button>
        </>
      }
    >
      <Field label={text.secretLabel}>
        <Input readOnly value={secret ?? ''} onFocus={(event) => event.target.select()} />
      </Field>
    </Dialog>
  );
}
