'use client';
import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { useSWRConfig } from 'swr';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { type SignInFailure, signInFailure } from '#lib/auth/sign-in-failure.ts';
import { loginMessages } from '#messages/login.ts';
import { sharedMessages as text } from '#messages/shared.ts';

interface Props {
  /** Whose session it was: only that person continues here. */
  email: string | null;
  from: string;
  onDone: () => Promise<void>;
}

/** A session that ended, taken up again over the page: a whole load would throw away what was typed. */
export function SignInAgain({ email, from, onDone }: Props) {
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
    if (result?.ok && !result.error) {
      await onDone();
      // What was refused meanwhile is asked for again.
      await mutate(() => true);
    } else setFailure(signInFailure.decode(result?.error));
    setBusy(false);
  }

  return (
    <Dialog
      open
      onOpenChange={() => {}}
      closable={false}
      title={text.expiredTitle}
      description={text.expiredText}
    >
      {failure ? (
        <Alert tone="danger">
          {failure.code === 'limited'
            ? loginMessages.limited(failure.seconds)
            : loginMessages[failure.code]}
        </Alert>
      ) : null}
      {email === null ? null : (
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
