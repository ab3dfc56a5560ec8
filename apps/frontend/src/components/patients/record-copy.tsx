'use client';
import { DownloadButton } from '#components/shared/download-button.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { patientsMessages as text } from '#messages/patients.ts';

/** The person's data to take away (LGPD, art. 18, II and V), handed out by who cares for the person. */
export function RecordCopy({ patientId }: { patientId: string }) {
  return (
    <Card className="print:hidden">
      <CardHeader>
        <CardTitle>{text.copy}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        <p className="text-ink-soft">{text.copyText}</p>
        <DownloadButton
          label={text.copyAction}
          failure={text.copyFailed}
          request={{
            path: `/api/patients/${patientId}/export?format=zip`,
            fileName: text.copyFile,
          }}
        />
      </CardContent>
    </Card>
  );
}
