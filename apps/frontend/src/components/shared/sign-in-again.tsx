'use client';
import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { useSWRConfig } from 'swr';
import { CodeForm } from '#components/second-factor/code-form.tsx';
import { showCode } from '#components/second-factor/show-code.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { type SignInFailure, signInFailure } from '#lib/auth/sign-in-failure.ts';
import { signInSentence } from '#messages/login.ts';
import { sharedMessages as text } from '#messages/shared.ts';

interface Props {
  /** Whose session it was: only that person continues here. */
  email: string | null;
  from: string;
  /** The code comes after the password, for who has a second factor. */
  step: 'password' | 'code';
  onDone: () => Promise<void>;
}

/** A session that ended, taken up again over the page: a whole load would throw away what was typed. */
export function SignInAgain({ email, from, step, onDone }: Props) {
  const { mutate } = useSWRConfig();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const login = `/login?de=${encodeURIComponent(from)}&motivo=expirada`;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const result = await signIn('credentials', { email, password, redirect: false }).catch(
      () => null,
    );
    if (result?.ok && !result.error) await goOn();
    else setFailure(signInFailure.decode(result?.error));
    setBusy(false);
  }

  async function goOn(): Promise<void> {
    await onDone();
    // What was refused meanwhile is asked for again.
    await mutate(() => true);
  }

  async function show(code: string): Promise<SignInFailure | null> {
    const refused = await showCode({ code, kind: 'app' });
    if (refused === null) await goOn();
    return refused;
  }

  return (
    <Dialog
      open
      onOpenChange={() => {}}
      closable={false}
      title={text.expiredTitle}
      description={text.expiredText}
    >
      {failure ? <Alert tone="danger">{signInSentence(failure)}</Alert> : null}
      {step === 'code' ? <CodeForm submit={text.expiredAction} onCode={show} /> : null}
      {email === null || step === 'code' ? null : (
        <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
          <Field label={text.expiredPassword(email)}>
            <Input
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
          <Button type="submit" busy={busy} disabled={password === ''}>
            {text.expiredAction}
          </Button>
        </form>
      )}
      <a href={login} className="self-start font-semibold text-accent underline underline-offset-4">
        {text.expiredOther}
      </a>
    </Dialog>
  );
}
