'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useSWRConfig } from 'swr';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import type { PasswordFailure } from '#lib/auth/own-account.ts';
import { type ChangePasswordInput, changePasswordInput } from '#lib/validations.ts';
import { recoverMessages } from '#messages/recover-password.ts';
import { settingsMessages } from '#messages/settings.ts';
import { useAuthStore } from '#store/authStore.ts';
import { changePasswordAction } from '../../app/configuracoes/actions.ts';

const text = settingsMessages.password;
const empty = { current: '', password: '', repeat: '' };

/** A new password, with the present one asked for. */
export function PasswordCard() {
  const toast = useToast();
  const { mutate } = useSWRConfig();
  const getAccessToken = useAuthStore((state) => state.getAccessToken);
  const [failure, setFailure] = useState<PasswordFailure | null>(null);
  const { register, handleSubmit, formState, reset, setFocus } = useForm<ChangePasswordInput>({
    resolver: zodResolver(changePasswordInput),
    defaultValues: empty,
  });
  const { errors, isSubmitting } = formState;

  async function change({ current, password }: ChangePasswordInput): Promise<void> {
    setFailure(null);
    // The server may not renew the session outside of its one route: it gets a living token first.
    await getAccessToken();
    const answer = await changePasswordAction({ current, next: password }).catch(
      () => 'unreachable' as const,
    );
    if (answer !== 'ok') {
      setFailure(answer);
      if (answer === 'wrong') setFocus('current');
      return;
    }
    reset(empty);
    toast({ title: text.done, description: text.doneText, tone: 'ok' });
    await mutate('devices');
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.title}</CardTitle>
      </CardHeader>
      <CardContent>
        <p className="mb-4 text-ink-soft">{text.lead}</p>
        <form
          noValidate
          method="post"
          className="flex flex-col gap-4"
          onSubmit={(event) => void handleSubmit(change)(event)}
        >
          <Field label={text.current} error={errors.current?.message}>
            <Input type="password" autoComplete="current-password" {...register('current')} />
          </Field>
          <Field
            label={text.next}
            hint={recoverMessages.choose.hint}
            error={errors.password?.message}
          >
            <Input type="password" autoComplete="new-password" {...register('password')} />
          </Field>
          <Field label={text.repeat} error={errors.repeat?.message}>
            <Input type="password" autoComplete="new-password" {...register('repeat')} />
          </Field>
          {failure ? <Alert tone="danger">{text.failures[failure]}</Alert> : null}
          <Button type="submit" className="self-start" busy={isSubmitting}>
            {text.submit}
          </Button>
        </form>
      </CardContent>
    </Card>
  );
}
