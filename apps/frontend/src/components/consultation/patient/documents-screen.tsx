'use client';
import type { DocumentView, RoomConsultation } from '@medcall/shared-types';
import { FileText } from 'lucide-react';
import { useMemo, useState } from 'react';
import useSWR from 'swr';
import { useConfig } from '#components/shared/config-provider.tsx';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence, isOutOfReach } from '#lib/api/api-error.ts';
import { documentCalls } from '#lib/api/calls/document-calls.ts';
import { downloadFile } from '#lib/api/download.ts';
import { createHttp } from '#lib/api/http.ts';
import type { TokenSource } from '#lib/call/room-link.ts';
import { formatDate } from '#lib/utils.ts';
import { documentMessages as text } from '#messages/documents.ts';
import { sharedMessages } from '#messages/shared.ts';

interface Props {
  consultation: RoomConsultation;
  tokens: TokenSource;
}

/** What the doctor approved for the patient, to open and to keep. */
export function DocumentsScreen({ consultation, tokens }: Props) {
  const { gatewayUrl } = useConfig();
  const gateway = useMemo(
    () => documentCalls(createHttp({ baseUrl: gatewayUrl, getToken: (how) => tokens.get(how) })),
    [gatewayUrl, tokens],
  );
  const [trouble, setTrouble] = useState<string | null>(null);
  const { data, error, mutate } = useSWR(
    ['my-documents', consultation.id],
    () => gateway.documents(consultation.id),
    { revalidateOnFocus: false },
  );

  async function open({ id, title }: DocumentView): Promise<void> {
    setTrouble(null);
    try {
      await downloadFile(gatewayUrl, () => tokens.get({ renew: false }), {
        path: `/api/consultations/${consultation.id}/documents/${id}/pdf`,
        fileName: `${title}.pdf`,
      });
    } catch (cause) {
      setTrouble(errorSentence(cause));
    }
  }

  return (
    <NoticePage title={text.patientTitle}>
      <p>{text.patientText(consultation.doctorName, consultation.clinicName)}</p>
      {error && !data ? (
        <>
          <p className="text-danger">
            {isOutOfReach(error) ? text.patientGone : errorSentence(error)}
          </p>
          {isOutOfReach(error) ? (
            <p>{text.patientAsk}</p>
          ) : (
            <Button onClick={() => void mutate()}>{sharedMessages.retry}</Button>
          )}
        </>
      ) : null}
      {!data && !error ? <Skeleton className="h-20" /> : null}
      {data?.items.length === 0 ? <p>{text.patientEmpty}</p> : null}
      {trouble ? (
        <Alert tone="danger" title={text.openFailed}>
          {trouble}
        </Alert>
      ) : null}
      <ul className="flex flex-col gap-3">
        {data?.items.map((item) => (
          <li key={item.id}>
            <Button
              variant="secondary"
              size="lg"
              className="w-full justify-start"
              onClick={() => void open(item)}
            >
              <FileText aria-hidden="true" />
              <span className="min-w-0 flex-1 truncate text-left">{item.title}</span>
              <span className="text-sm font-normal text-ink-soft">
                {item.approved_at ? formatDate(item.approved_at) : ''}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {data && data.items.length > 0 ? <p>{text.patientValid}</p> : null}
    </NoticePage>
  );
}
