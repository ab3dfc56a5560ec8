'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button.ts';
import type { SignInFailure } from '#lib/auth/sign-in-failure.ts';
import { secondFactorMessages } from '#messages/second-factor.ts';
import { CodeForm, type CodeKind } from './code-form.tsx';

const text = secondFactorMessages.code;

interface Props {
  /** Resolves to why the code was refused, or null. */
  onCode: (code: string, kind: CodeKind) => Promise<SignInFailure | null>;
}

/** Asks for the code of the app, or for a recovery code in its place. */
export function SecondStep({ onCode }: Props) {
  const [kind, setKind] = useState<CodeKind>('app');
  const isApp = kind === 'app';
  return (
    <>
      <h1 className="text-3xl font-bold">{isApp ? text.title : text.recoveryTitle}</h1>
      <p className="mt-2 mb-6 text-ink-soft">{isApp ? text.lead : text.recoveryLead}</p>
      <CodeForm key={kind} kind={kind} submit={text.submit} onCode={onCode} />
      <Button
        variant="link"
        className="mt-6 self-start"
        onClick={() => setKind(isApp ? 'recovery' : 'app')}
      >
        {isApp ? text.useRecovery : text.useApp}
      </Button>
      <p className="mt-3 text-sm text-ink-soft">{text.lost}</p>
    </>
  );
}
