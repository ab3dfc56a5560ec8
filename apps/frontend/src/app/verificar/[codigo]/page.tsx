import type { Verification } from '@medcall/shared-types';
import type { Metadata } from 'next';
import Link from 'next/link';
import { NoticePage } from '#components/shared/notice-page.tsx';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { codeInPath, verifyCode } from '#lib/api/verify-code.ts';
import { serverEnv } from '#lib/env.ts';
import { verifyMessages as text } from '#messages/verify.ts';

export const metadata: Metadata = { title: text.title, robots: { index: false } };

export default async function VerifyPage({ params }: { params: Promise<{ codigo: string }> }) {
  const { codigo } = await params;
  const check = await verifyCode(serverEnv().gatewayUrl, codeInPath(codigo));
  const another = (
    <Button asChild variant="secondary">
      <Link href="/verificar">{text.other}</Link>
    </Button>
  );
  switch (check.kind) {
    case 'known':
      return (
        <NoticePage
          title={check.document.status === 'valid' ? text.valid : text.revoked}
          action={another}
        >
          <Facts document={check.document} />
        </NoticePage>
      );
    case 'unknown':
    case 'limited':
    case 'unreachable':
      return (
        <NoticePage title={text[check.kind]} action={another}>
          <p>{text[`${check.kind}Text`]}</p>
        </NoticePage>
      );
  }
}

function Facts({ document }: { document: Verification }) {
  const rows: [string, string][] = [
    [text.kind, document.title],
    [text.issued, inBrazil(document.issuedAt)],
    [text.doctor, `${document.doctor.name}, CRM ${document.doctor.crm}`],
    [text.clinic, document.clinic],
    [text.patient, document.patientInitials],
    ...(document.signature
      ? [[text.signature, text.signedBy(document.signature)] as [string, string]]
      : []),
    [text.content, document.hash],
    ...(document.pdfSha256 ? [[text.file, document.pdfSha256] as [string, string]] : []),
  ];
  return (
    <>
      {document.revokedAt ? (
        <Alert tone="danger">{text.revokedText(inBrazil(document.revokedAt))}</Alert>
      ) : null}
      {document.addenda > 0 ? (
        <Alert tone="warning">{text.addendaText(document.addenda)}</Alert>
      ) : null}
      <dl className="flex flex-col gap-2 text-base">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt className="text-sm">{name}</dt>
            <dd className="break-words font-semibold text-ink">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-base">{text.compare}</p>
    </>
  );
}

function inBrazil(instant: string): string {
  return new Intl.DateTimeFormat('pt-BR', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'America/Sao_Paulo',
  }).format(new Date(instant));
}
