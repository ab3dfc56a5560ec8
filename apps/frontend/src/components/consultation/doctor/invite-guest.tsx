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
import { doctorCallMessages } from '#messages/doctor-call.ts';
import { CallButton } from '../call-button.tsx';

const text = doctorCallMessages.guest;

/** A link for an interpreter or a companion: named by the doctor, and admitted by the doctor like anybody. */
export function InviteGuest({ consultationId }: { consultationId: string }) {
  const gateway = useGateway();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [invitation, setInvitation] = useState<{ link: string; copied: boolean } | null>(null);

  function change(next: boolean): void {
    setOpen(next);
    if (next) return;
    setName('');
    setInvitation(null);
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      // A second press copies the same link again: one person, one invitation.
      const link =
        invitation?.link ??
        (await gateway.invite(consultationId, 'guest', undefined, name.trim())).url;
      setInvitation({ link, copied: await copied(link) });
    } catch (error) {
      toast({ title: errorSentence(error), tone: 'danger' });
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
        <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
          <Field label={text.name} hint={text.nameHint}>
            <Input
              value={name}
              maxLength={200}
              required
              readOnly={invitation !== null}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          {invitation === null ? null : (
            <Field label={text.link} hint={text.linkHint}>
              <Input readOnly value={invitation.link} data-testid="guest-link" />
            </Field>
          )}
          {/* Said inside the dialog: Esc would close a toast first and leave the dialog over the room. */}
          <p role="status" className="text-sm font-semibold text-accent empty:hidden">
            {invitation === null ? null : invitation.copied ? text.copied : text.copyByHand}
          </p>
          <Button type="submit" busy={busy} disabled={name.trim() === ''}>
            {invitation === null ? text.create : text.copyAgain}
          </Button>
        </form>
      </Dialog>
    </>
  );
}

/** False where the browser keeps the clipboard to itself: the link can be copied by hand. */
async function copied(link: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    return false;
  }
}
