'use client';
import { useState } from 'react';
import { useDownload } from '#components/shared/use-download.ts';
import { Button } from '#components/ui/button.ts';
import { noteMessages as text } from '#messages/note.ts';

interface Props {
  consultationId: string;
  label: string;
  /** Runs first: what was typed must be in what is shown. */
  before?: () => Promise<void>;
}

/** Opens the note's PDF in a tab of its own. */
export function NotePdf({ consultationId, label, before }: Props) {
  const download = useDownload();
  const [busy, setBusy] = useState(false);

  async function open(): Promise<void> {
    setBusy(true);
    try {
      await before?.().catch(() => undefined);
      await download({
        path: `/api/consultations/${consultationId}/note.pdf`,
        fileName: 'registro-da-consulta.pdf',
        inTab: true,
        failure: text.pdfFailed,
      });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button variant="secondary" busy={busy} onClick={() => void open()}>
      {label}
    </Button>
  );
}
