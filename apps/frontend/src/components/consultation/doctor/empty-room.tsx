'use client';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';

const text = doctorCallMessages.waitingRoom;

/** Nobody is here yet: the way to bring the patient in. */
export function EmptyRoom({ consultationId }: { consultationId: string }) {
  const gateway = useGateway();
  const toast = useToast();
  const [busy, setBusy] = useState(false);

  async function copy(): Promise<void> {
    setBusy(true);
    try {
      const { url } = await gateway.invite(consultationId);
      await navigator.clipboard.writeText(url);
      toast({ title: text.copied, description: text.copiedText, tone: 'ok' });
    } catch (error) {
      toast({ title: errorSentence(error), tone: 'danger' });
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="absolute inset-0 grid content-start justify-items-start gap-3 p-4 lg:place-content-center lg:justify-items-center lg:p-6 lg:text-center">
      <p className="text-xl font-bold">{text.empty}</p>
      <p className="max-w-sm text-stage-soft">{text.emptyText}</p>
      <Button variant="secondary" busy={busy} onClick={() => void copy()}>
        <Link2 aria-hidden="true" />
        {text.copyInvite}
      </Button>
    </div>
  );
}
