'use client';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { signatureMessages as text } from '#messages/signature.ts';
import { CertificateCard } from './certificate-card.tsx';
import { CertificateForm } from './certificate-form.tsx';

/** The doctor's own certificate, which signs his papers. */
export function SignatureTab() {
  const gateway = useGateway();
  const { data, error, mutate } = useSWR('signing-certificate', () => gateway.certificate(), {
    revalidateOnFocus: false,
  });
  return (
    <Remote data={data} error={error} failed={text.failed} onRetry={() => void mutate()}>
      {({ available, certificate }) => (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          {certificate ? (
            <CertificateCard certificate={certificate} onChanged={() => void mutate()} />
          ) : null}
          <Card>
            <CardHeader>
              <CardTitle>{certificate ? text.replaceTitle : text.title}</CardTitle>
            </CardHeader>
            <CardContent className="flex flex-col gap-4">
              <p className="text-ink-soft">{text.lead}</p>
              {available ? (
                <CertificateForm onStored={(now) => void mutate(now, { revalidate: false })} />
              ) : (
                <Alert tone="neutral">{text.unavailable}</Alert>
              )}
            </CardContent>
          </Card>
        </div>
      )}
    </Remote>
  );
}
