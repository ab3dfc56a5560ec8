'use client';
import type { SigningCertificate } from '@medcall/shared-types';
import { useState } from 'react';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { useToast } from '#components/ui/toast.ts';
import { signatureMessages as text } from '#messages/signature.ts';

const soonMs = 30 * 86_400_000;
const dayOf = (instant: string) =>
  new Intl.DateTimeFormat('pt-BR', { dateStyle: 'short', timeZone: 'America/Sao_Paulo' }).format(
    new Date(instant),
  );

interface Props {
  certificate: SigningCertificate;
  onChanged: () => void;
}

/** What the stored certificate says, and the way to take it away. */
export function CertificateCard({ certificate, onChanged }: Props) {
  const gateway = useGateway();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const { cpf, holder, issuer, problem, serial, test, validFrom, validUntil } = certificate;
  const isEnding = problem === null && Date.parse(validUntil) - Date.now() < soonMs;
  const rows = [
    [text.holder, holder],
    [text.cpf, cpf],
    [text.issuer, issuer],
    [text.validity, text.span(dayOf(validFrom), dayOf(validUntil))],
    [text.serial, serial],
  ] as const;
  return (
    <Card data-testid="certificate">
      <CardHeader>
        <CardTitle>{text.yours}</CardTitle>
        <Badge tone={problem === null ? 'ok' : 'danger'}>
          {problem === null ? text.active : text.stopped}
        </Badge>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        {problem === null ? null : <Alert tone="danger">{problem}</Alert>}
        {test ? <Alert tone="warning">{text.test}</Alert> : null}
        {isEnding ? <Alert tone="warning">{text.ending(dayOf(validUntil))}</Alert> : null}
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
          {rows.map(([label, value]) =>
            value ? (
              <div key={label} className="contents">
                <dt className="text-ink-soft">{label}</dt>
                <dd className="min-w-0 font-semibold break-words">{value}</dd>
              </div>
            ) : null,
          )}
        </dl>
        <Button variant="secondary" className="self-start" onClick={() => setAsking(true)}>
          {text.remove}
        </Button>
      </CardContent>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.removeTitle}
        description={text.removeText}
        action={text.remove}
        onConfirm={async () => {
          await gateway.removeCertificate();
          toast({ title: text.removed, tone: 'ok' });
          onChanged();
        }}
      />
    </Card>
  );
}
