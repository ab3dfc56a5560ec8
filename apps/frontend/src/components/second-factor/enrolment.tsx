'use client';
import { useState } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import type { EnrolAnswer } from '#lib/auth/second-factor.ts';
import { secondFactorMessages } from '#messages/second-factor.ts';
import { useAuthStore } from '#store/authStore.ts';
import { beginEnrolmentAction, makeRecoveryCodesAction } from '../../app/verificacao/actions.ts';
import { CodeForm } from './code-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { showCode } from './show-code.ts';

const text = secondFactorMessages.enrol;

type Key = Extract<EnrolAnswer, { kind: 'ok' }>;
type Stage =
  | { name: 'closed'; failure: string | null }
  | { name: 'key'; key: Key }
  | { name: 'codes'; codes: readonly string[] };

interface Props {
  /** The verb that begins it. */
  begin?: string;
  /** A set exists already: a further app needs no other. */
  keepsCodes?: boolean;
  /** The app counts from now on; its recovery codes may still have to be kept. */
  onVerified?: () => void;
  onDone: () => void;
}

/** Enrols an authenticator app: key, first code, recovery codes. */
export function Enrolment({ begin = text.begin, keepsCodes = false, onVerified, onDone }: Props) {
  const [stage, setStage] = useState<Stage>({ name: 'closed', failure: null });
  const [busy, setBusy] = useState(false);

  async function start(): Promise<void> {
    setBusy(true);
    await useAuthStore.getState().getAccessToken();
    const answer = await beginEnrolmentAction().catch(() => ({ kind: 'unreachable' as const }));
    setBusy(false);
    if (answer.kind === 'ok') setStage({ name: 'key', key: answer });
    else setStage({ name: 'closed', failure: sentenceOf(answer.kind) });
  }

  async function confirm(key: Key, code: string) {
    const refused = await showCode({ code, kind: 'app', factorId: key.factorId });
    if (refused) return refused;
    onVerified?.();
    const codes = keepsCodes ? null : await makeRecoveryCodesAction().catch(() => null);
    if (Array.isArray(codes)) setStage({ name: 'codes', codes });
    else finish();
    return null;
  }

  function finish(): void {
    setStage({ name: 'closed', failure: null });
    onDone();
  }

  switch (stage.name) {
    case 'closed':
      return (
        <div className="flex flex-col items-start gap-4">
          {stage.failure ? <Alert tone="danger">{stage.failure}</Alert> : null}
          <Button busy={busy} onClick={() => void start()}>
            {stage.failure ? text.beginAgain : begin}
          </Button>
        </div>
      );
    case 'key':
      return (
        <div className="flex flex-col gap-5">
          <KeyToScan enrolled={stage.key} />
          <CodeForm submit={text.confirm} onCode={(code) => confirm(stage.key, code)} />
          <Button
            variant="quiet"
            className="self-start"
            onClick={() => setStage({ name: 'closed', failure: null })}
          >
            {text.cancel}
          </Button>
        </div>
      );
    case 'codes':
      return <RecoveryCodes codes={stage.codes} onDone={finish} />;
  }
}

function KeyToScan({ enrolled: { qrCode, secret } }: { enrolled: Key }) {
  return (
    <>
      <ol className="flex list-decimal flex-col gap-2 pl-5 text-ink-soft">
        {text.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {/* Black on white in both themes: cameras expect it so. */}
      {/* biome-ignore lint/performance/noImgElement: a data address, nothing to optimise */}
      <img src={qrCode} alt={text.qr} width={208} height={208} className="rounded-md bg-white" />
      <details>
        <summary className="cursor-pointer font-semibold text-accent underline underline-offset-4">
          {text.manual}
        </summary>
        <p className="mt-2">
          <span className="text-ink-soft">{text.manualLabel}: </span>
          <code data-testid="totp-secret" className="font-mono break-all">
            {secret.match(/.{1,4}/g)?.join(' ')}
          </code>
        </p>
      </details>
    </>
  );
}

function sentenceOf(kind: Exclude<EnrolAnswer['kind'], 'ok'>): string {
  const { failures } = secondFactorMessages;
  if (kind === 'limited') return failures.limited(null);
  return kind === 'wrong_code' ? failures.unreachable : failures[kind];
}
