'use client';
import { Send } from 'lucide-react';
import { useState } from 'react';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { documentMessages as text } from '#messages/documents.ts';

/** Gives the patient the approved papers: by e-mail, or as a link to paste where there is none. */
export function SendLink({
  consultationId,
  patientId,
}: {
  consultationId: string;
  patientId: string;
}) {
  const gateway = useGateway();
  const toast = useToast();
  const { data: patient } = useSWR(['patient', patientId], () => gateway.patient(patientId), {
    revalidateOnFocus: false,
  });
  const [busy, setBusy] = useState(false);
  /** Shown where the browser does not let a page write to the clipboard. */
  const [link, setLink] = useState<string | null>(null);

  async function send(): Promise<void> {
    setBusy(true);
    try {
      const byMail = patient?.email != null;
      const { url } = await gateway.invite(
        consultationId,
        'documents',
        byMail ? ['email'] : undefined,
      );
      await navigator.clipboard.writeText(url).catch(() => setLink(url));
      toast({
        title: byMail ? text.sent : text.copied,
        description: byMail ? text.sentText : text.copiedText,
        tone: 'ok',
      });
    } catch (error) {
      toast({ title: text.sendFailed, description: errorSentence(error), tone: 'danger' });
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Button
        variant="secondary"
        className="self-start"
        busy={busy}
        disabled={!patient}
        onClick={() => void send()}
      >
        <Send aria-hidden="true" />
        {text.send}
      </Button>
      {link ? <Input readOnly aria-label={text.link} value={link} /> : null}
    </>
  );
}
