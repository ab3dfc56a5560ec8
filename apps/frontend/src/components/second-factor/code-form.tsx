'use client';
import { type FormEvent, useRef, useState } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import type { SignInFailure } from '#lib/auth/sign-in-failure.ts';
import { secondFactorMessages } from '#messages/second-factor.ts';

const text = secondFactorMessages.code;
const { failures } = secondFactorMessages;

export type CodeKind = 'app' | 'recovery';

interface Props {
  submit: string;
  /** Resolves to why the code was refused, or null. */
  onCode: (code: string, kind: CodeKind) => Promise<SignInFailure | null>;
  kind?: CodeKind;
}

/** One field for a code, of the app or of the recovery set. */
export function CodeForm({ submit, onCode, kind = 'app' }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const isApp = kind === 'app';

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    const given = code.replaceAll(/[\s-]/g, '');
    if (isApp ? !/^\d{6}$/.test(given) : given.length < 16) {
      setProblem(isApp ? text.missing : text.recoveryMissing);
      field.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    setFailure(null);
    const refused = await onCode(given, kind);
    // The page is about to be left: the button stays busy.
    if (refused === null) return;
    setFailure(refused);
    setBusy(false);
    setCode('');
    field.current?.focus();
  }

  return (
    <form
      className="flex flex-col gap-5"
      noValidate
      method="post"
      onSubmit={(event) => void send(event)}
    >
      {failure ? (
        <Alert tone="danger" data-testid="code-error" data-code={failure.code}>
          {sentenceOf(failure, kind)}
          {failure.code === 'too_late' ? (
            <>
              {' '}
              <a
                href="/login?motivo=expirada"
                className="font-semibold underline underline-offset-4"
              >
                {failures.enterAgain}
              </a>
            </>
          ) : null}
        </Alert>
      ) : null}
      <Field
        label={isApp ? text.label : text.recoveryLabel}
        hint={isApp ? undefined : text.recoveryHint}
        error={problem ?? undefined}
      >
        <Input
          ref={field}
          autoFocus
          autoComplete={isApp ? 'one-time-code' : 'off'}
          inputMode={isApp ? 'numeric' : 'text'}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={isApp ? 9 : 40}
          className={isApp ? 'font-mono text-xl tracking-[0.3em]' : 'font-mono'}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      <Button type="submit" size="lg" busy={busy}>
        {submit}
      </Button>
    </form>
  );
}

function sentenceOf(failure: SignInFailure, kind: CodeKind): string {
  switch (failure.code) {
    case 'limited':
      return failures.limited(failure.seconds);
    case 'too_late':
      return failures.too_late;
    case 'unreachable':
      return failures.unreachable;
    case 'wrong':
    case 'wrong_code':
      return kind === 'app' ? failures.wrong_code : failures.wrong_recovery;
  }
}
