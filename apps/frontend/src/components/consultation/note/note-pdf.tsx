'use client';
import { useState } from 'react';
import { useDownload } from '#components/shared/use-download.ts';
import { Button } from '#components/ui/button.ts';
import { noteMessages as text } from '#messages/note.ts';

interface Props {
  consultationId: string;
  label: string;
  /** Under this name it is saved; without one it opens in a tab. */
  saveAs?: string;
  /** Runs first: what was typed must be in what is shown. */
  before?: () => Promise<void>;
}

/** The note's PDF: a signed one is saved, a preview opens in a tab of its own. */
export function NotePdf({ consultationId, label, saveAs, before }: Props) {
  const download = useDownload();
  const [busy, setBusy] = useState(false);

  async function open(): Promise<void> {
    setBusy(true);
    try {
      await before?.().catch(() => undefined);
      await download({
        path: `/api/consultations/${consultationId}/note.pdf`,
        fileName: saveAs ?? 'registro-da-consulta.pdf',
        inTab: saveAs === undefined,
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
