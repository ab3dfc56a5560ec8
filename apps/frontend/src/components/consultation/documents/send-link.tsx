'use client';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { useToast } from '#components/ui/toast.ts';
import { ApiError, errorSentence } from '#lib/api/api-error.ts';
import { documentMessages as text } from '#messages/documents.ts';

/** Gives the patient the approved papers: by e-mail, or as a link to paste where there is none. */
export function SendLink({ consultationId }: { consultationId: string }) {
  const gateway = useGateway();
  const toast = useToast();
  const [busy, setBusy] = useState(false);

  async function send(): Promise<void> {
    setBusy(true);
    try {
      await gateway.invite(consultationId, 'documents', ['email']);
      toast({ title: text.sent, description: text.sentText, tone: 'ok' });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'validation_failed') await copy();
      else toast({ title: text.sendFailed, description: errorSentence(error), tone: 'danger' });
    } finally {
      setBusy(false);
    }
  }

  async function copy(): Promise<void> {
    try {
      const { url } = await gateway.invite(consultationId, 'documents');
      await navigator.clipboard.writeText(url);
      toast({ title: text.copied, description: text.copiedText, tone: 'ok' });
    } catch (error) {
      toast({ title: text.sendFailed, description: errorSentence(error), tone: 'danger' });
    }
  }

  return (
    <Button variant="secondary" className="self-start" busy={busy} onClick={() => void send()}>
      <Send aria-hidden="true" />
      {text.send}
    </Button>
  );
}
