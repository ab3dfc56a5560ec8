'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import Link from 'next/link';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import type { MailedLink } from '#lib/auth/mailed-link.ts';
import type { RecoverFailure } from '#lib/auth/recover.ts';
import { type NewPasswordInput, newPasswordInput } from '#lib/validations.ts';
import { recoverMessages } from '#messages/recover-password.ts';
import { openByLinkAction } from './actions.ts';

const text = recoverMessages.choose;

/** A new password for who came by a link; for a confirmation, a button: mail scanners open links too. */
export function ChooseForm({ link, onExpired }: { link: MailedLink; onExpired: () => void }) {
  const [failure, setFailure] = useState<RecoverFailure | null>(null);
  const [done, setDone] = useState(false);
  const setsPassword = link.kind === 'recovery' || link.kind === 'invite';

  async function send(password: string | null): Promise<void> {
    setFailure(null);
    const answer = await openByLinkAction({ link, password }).catch(() => 'unreachable' as const);
    if (answer === 'ok') setDone(true);
    else if (answer === 'expired') onExpired();
    else setFailure(answer);
  }

  if (done) return <Done confirmed={!setsPassword} />;
  return (
    <>
      <h1 className="text-3xl font-bold">{text.titles[link.kind]}</h1>
      <p className="mt-2 mb-6 text-ink-soft">
        {!setsPassword ? text.leadConfirm : link.kind === 'invite' ? text.leadInvite : text.lead}
      </p>
      {failure ? (
        <Alert tone="danger" className="mb-5">
          {recoverMessages.failures[failure]}
        </Alert>
      ) : null}
      {setsPassword ? (
        <PasswordForm onSubmit={send} />
      ) : (
        <ConfirmButton onConfirm={() => send(null)} />
      )}
    </>
  );
}

function PasswordForm({ onSubmit }: { onSubmit: (password: string) => Promise<void> }) {
  const form = useForm<NewPasswordInput>({
    resolver: zodResolver(newPasswordInput),
    defaultValues: { password: '', repeat: '' },
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <form
      className="flex flex-col gap-5"
      noValidate
      method="post"
      onSubmit={(event) => void form.handleSubmit(({ password }) => onSubmit(password))(event)}
    >
      <Field label={text.password} hint={text.hint} error={errors.password?.message}>
        <Input
          type="password"
          autoComplete="new-password"
          autoFocus
          {...form.register('password')}
        />
      </Field>
      <Field label={text.repeat} error={errors.repeat?.message}>
        <Input type="password" autoComplete="new-password" {...form.register('repeat')} />
      </Field>
      <Button type="submit" size="lg" busy={isSubmitting}>
        {text.submit}
      </Button>
    </form>
  );
}

function ConfirmButton({ onConfirm }: { onConfirm: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  return (
    <Button
      size="lg"
      busy={busy}
      onClick={() => {
        setBusy(true);
        void onConfirm().finally(() => setBusy(false));
      }}
    >
      {text.confirm}
    </Button>
  );
}

function Done({ confirmed }: { confirmed: boolean }) {
  const { done } = recoverMessages;
  return (
    <div role="status">
      <h1 className="text-3xl font-bold">{done.title}</h1>
      <p className="mt-2 mb-6 text-ink-soft">{confirmed ? done.confirmed : done.password}</p>
      <Button asChild size="lg">
        <Link href="/login">{done.enter}</Link>
      </Button>
    </div>
  );
}
