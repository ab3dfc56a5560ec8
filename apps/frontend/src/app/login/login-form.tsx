'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import Link from 'next/link';
import { signIn } from 'next-auth/react';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { type SignInFailure, signInFailure } from '#lib/auth/sign-in-failure.ts';
import { secondStepPath } from '#lib/protected-paths.ts';
import { type SignInInput, signInInput } from '#lib/validations.ts';
import { demoPassword, signInSentence, loginMessages as text } from '#messages/login.ts';
import { useAuthStore } from '#store/authStore.ts';
import { DemoAccounts } from './demo-accounts.tsx';

interface Props {
  returnTo: string;
  notice: 'expired' | 'required' | null;
  demo: boolean;
}

export function LoginForm({ returnTo, notice, demo }: Props) {
  const form = useForm<SignInInput>({
    resolver: zodResolver(signInInput),
    defaultValues: { email: '', password: '' },
  });
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const [leaving, setLeaving] = useState(false);
  const { register, formState } = form;

  async function submit(input: SignInInput): Promise<void> {
    setFailure(null);
    const result = await signIn('credentials', { ...input, redirect: false }).catch(() => null);
    if (result?.ok && !result.error) {
      setLeaving(true);
      // A whole load: nothing that was rendered for a signed-out visitor stays in memory.
      await useAuthStore.getState().load();
      const asksForCode = useAuthStore.getState().status === 'second-step';
      window.location.assign(asksForCode ? secondStepPath(returnTo) : returnTo);
      return;
    }
    setFailure(signInFailure.decode(result?.error));
    form.setFocus('password');
  }

  return (
    <>
      <h1 className="text-3xl font-bold">{text.title}</h1>
      <p className="mt-2 mb-6 text-ink-soft">{text.lead}</p>
      {notice && !failure ? (
        <Alert tone="accent" className="mb-5">
          {text[notice]}
        </Alert>
      ) : null}
      {failure ? <FailureAlert failure={failure} /> : null}
      <form
        className="flex flex-col gap-5"
        noValidate
        // Pressed before the page's code is there, a form with GET would put the password into the address.
        method="post"
        onSubmit={(event) => void form.handleSubmit(submit)(event)}
      >
        <Field label={text.email} error={formState.errors.email?.message}>
          <Input
            type="email"
            autoComplete="username"
            inputMode="email"
            autoFocus
            {...register('email')}
          />
        </Field>
        <Field label={text.password} error={formState.errors.password?.message}>
          <Input type="password" autoComplete="current-password" {...register('password')} />
        </Field>
        <Button type="submit" size="lg" busy={formState.isSubmitting || leaving}>
          {text.submit}
        </Button>
        <Link
          href="/recuperar-senha"
          className="self-start font-semibold text-accent underline underline-offset-4"
        >
          {text.forgotten}
        </Link>
      </form>
      {demo ? (
        <DemoAccounts
          onUse={(email) => {
            form.setValue('email', email);
            form.setValue('password', demoPassword);
            setFailure(null);
          }}
        />
      ) : null}
    </>
  );
}

function FailureAlert({ failure }: { failure: SignInFailure }) {
  const wait = failure.code === 'limited' ? failure.seconds : null;
  const [left, setLeft] = useState(wait);
  useEffect(() => {
    setLeft(wait);
    if (wait === null) return;
    const timer = setInterval(() => setLeft((value) => Math.max(0, (value ?? 0) - 1)), 1000);
    return () => clearInterval(timer);
  }, [wait]);
  return (
    <Alert tone="danger" className="mb-5" data-testid="login-error" data-code={failure.code}>
      {failure.code === 'limited'
        ? left === 0
          ? text.limitedOver
          : text.limited(left)
        : signInSentence(failure)}
    </Alert>
  );
}
