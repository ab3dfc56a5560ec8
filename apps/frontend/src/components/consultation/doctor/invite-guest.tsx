'use client';
import { UserPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { callMessages } from '#messages/call.ts';
import { CallButton } from '../call-button.tsx';

const text = callMessages.guest;

/** A link for an interpreter or a companion: named by the doctor, and admitted by the doctor like anybody. */
export function InviteGuest({ consultationId }: { consultationId: string }) {
  const gateway = useGateway();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [link, setLink] = useState<string | null>(null);

  function change(next: boolean): void {
    setOpen(next);
    if (next) return;
    setName('');
    setLink(null);
  }

  async function create(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      const { url } = await gateway.invite(consultationId, 'guest', undefined, name.trim());
      setLink(url);
      await navigator.clipboard.writeText(url);
      toast({ title: callMessages.waitingRoom.copied, description: text.copiedText, tone: 'ok' });
    } catch (error) {
      // Without the clipboard the link still stands in the dialog.
      if (!(error instanceof DOMException)) toast({ title: errorSentence(error), tone: 'danger' });
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <CallButton
        label={text.open}
        icon={<UserPlus aria-hidden="true" />}
        onPress={() => change(true)}
      />
      <Dialog open={open} onOpenChange={change} title={text.title} description={text.lead}>
        <form className="flex flex-col gap-4" onSubmit={(event) => void create(event)}>
          <Field label={text.name} hint={text.nameHint}>
            <Input
              value={name}
              maxLength={200}
              required
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          {link === null ? null : (
            <Field label={text.link}>
              <Input readOnly value={link} data-testid="guest-link" />
            </Field>
          )}
          <Button type="submit" busy={busy} disabled={name.trim() === ''}>
            {text.create}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
