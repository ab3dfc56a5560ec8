'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import Link from 'next/link';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { CodeKind } from '#components/second-factor/code-form.tsx';
import { SecondStep } from '#components/second-factor/second-step.tsx';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import type { MailedLink } from '#lib/auth/mailed-link.ts';
import type { RecoverAnswer, RecoverFailure } from '#lib/auth/recover.ts';
import type { SignInFailure } from '#lib/auth/sign-in-failure.ts';
import { type NewPasswordInput, newPasswordInput } from '#lib/validations.ts';
import { recoverMessages } from '#messages/recover-password.ts';
import { finishRecoveryAction, openByLinkAction } from './actions.ts';

const text = recoverMessages.choose;

/** A new password for who came by a link; for a confirmation, a button: mail scanners open links too. */
export function ChooseForm({ link, onExpired }: { link: MailedLink; onExpired: () => void }) {
  const [failure, setFailure] = useState<RecoverFailure | null>(null);
  const [done, setDone] = useState(false);
  /** The link is spent and waits for a code; the password is what was chosen before. */
  const [waiting, setWaiting] = useState<string | null>(null);
  const [raised, setRaised] = useState(false);
  const setsPassword = link.kind === 'recovery' || link.kind === 'invite';

  async function send(password: string | null): Promise<void> {
    setFailure(null);
    const asked = raised
      ? finishRecoveryAction({ password, shown: null })
      : openByLinkAction({ link, password });
    settle(await asked.catch(() => 'unreachable' as const), password);
  }

  function settle(answer: RecoverAnswer, password: string | null): void {
    if (answer === 'ok') setDone(true);
    else if (answer === 'second_step') setWaiting(password);
    else if (answer === 'expired') onExpired();
    else setFailure(answer);
  }

  async function show(code: string, kind: CodeKind): Promise<SignInFailure | null> {
    const shown = { code, kind };
    const answer = await finishRecoveryAction({ password: waiting, shown }).catch(
      () => 'unreachable' as const,
    );
    if (answer === 'wrong_code' || answer === 'unreachable') return { code: answer };
    if (answer === 'limited') return { code: answer, seconds: null };
    // The code was right; a password that was refused is chosen again.
    setRaised(true);
    setWaiting(null);
    settle(answer, waiting);
    return null;
  }

  if (done) return <Done confirmed={!setsPassword} />;
  if (waiting !== null) return <SecondStep onCode={show} />;
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
