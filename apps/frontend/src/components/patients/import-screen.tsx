'use client';
import type { ImportReport } from '@medcall/shared-types';
import { useState } from 'react';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useLeaving } from '#components/shared/use-leaving.ts';
import { Alert } from '#components/ui/alert.ts';
import { Card, CardContent } from '#components/ui/card.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import type { UploadProgress } from '#lib/api/upload.ts';
import { base64Of } from '#lib/patients/file-content.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';
import { ImportFile } from './import-file.tsx';
import { ImportReportView } from './import-report.tsx';
import { PatientsHead } from './patients-head.tsx';

const text = patientListsMessages.import;

/** A list of patients from a file: looked through first, taken in after a yes. */
export function ImportScreen() {
  const gateway = useGateway();
  const [content, setContent] = useState<string | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const leaving = useLeaving();

  async function send(base64: string, dryRun: boolean): Promise<void> {
    const signal = leaving();
    setBusy(true);
    setProgress(null);
    setTrouble(null);
    try {
      const body = { content_base64: base64, dry_run: dryRun };
      setReport(await gateway.importPatients(body, { onProgress: setProgress, signal }));
      setContent(base64);
    } catch (error) {
      if (!signal.aborted) setTrouble(errorSentence(error));
    } finally {
      setBusy(false);
    }
  }

  function again(): void {
    setReport(null);
    setContent(null);
  }

  return (
    <>
      <PatientsHead title={text.title} className="mb-4" />
      {trouble ? (
        <Alert tone="danger" title={text.failed} className="mb-4">
          {trouble}
        </Alert>
      ) : null}
      {report ? (
        <ImportReportView
          report={report}
          busy={busy}
          onConfirm={() => {
            if (content !== null) void send(content, false);
          }}
          onAgain={again}
        />
      ) : (
        <Card className="max-w-2xl">
          <CardContent className="flex flex-col gap-4 pt-5">
            <p className="text-ink-soft">{text.lead}</p>
            <ImportFile
              busy={busy}
              progress={progress}
              onFile={(file) => void base64Of(file).then((base64) => send(base64, true))}
            />
          </CardContent>
        </Card>
      )}
    </>
  );
}
