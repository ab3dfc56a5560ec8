'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useConfig } from '#components/shared/config-provider.tsx';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import type { RecoverAnswer } from '#lib/auth/recover.ts';
import { type AskLinkInput, askLinkInput } from '#lib/validations.ts';
import { recoverMessages } from '#messages/recover-password.ts';
import { askForLinkAction } from './actions.ts';

const text = recoverMessages.ask;

export function AskForm() {
  const form = useForm<AskLinkInput>({
    resolver: zodResolver(askLinkInput),
    defaultValues: { email: '' },
  });
  const [answer, setAnswer] = useState<RecoverAnswer | null>(null);
  const { demo, gatewayUrl } = useConfig();

  async function submit(input: AskLinkInput): Promise<void> {
    setAnswer(null);
    setAnswer(await askForLinkAction(input).catch(() => 'unreachable' as const));
  }

  if (answer === 'ok') {
    return (
      <div role="status">
        <h1 className="text-3xl font-bold">{text.sentTitle}</h1>
        <p className="mt-2 text-ink-soft">{text.sent}</p>
        <p className="mt-4 text-ink-soft">{text.sentHint}</p>
        {demo ? (
          <Alert className="mt-4">
            {text.demoHint}{' '}
            <a
              href={`${gatewayUrl}/caixa-de-saida`}
              target="_blank"
              rel="noreferrer noopener"
              className="font-semibold text-accent underline underline-offset-4"
            >
              {text.demoLink}
            </a>
            .
          </Alert>
        ) : null}
        <Button variant="secondary" className="mt-6" onClick={() => setAnswer(null)}>
          {text.again}
        </Button>
      </div>
    );
  }
  return (
    <>
      <h1 className="text-3xl font-bold">{text.title}</h1>
      <p className="mt-2 mb-6 text-ink-soft">{text.lead}</p>
      {answer && answer !== 'second_step' ? (
        <Alert tone="danger" className="mb-5">
          {recoverMessages.failures[answer]}
        </Alert>
      ) : null}
      <form
        className="flex flex-col gap-5"
        noValidate
        method="post"
        onSubmit={(event) => void form.handleSubmit(submit)(event)}
      >
        <Field label={text.email} error={form.formState.errors.email?.message}>
          <Input
            type="email"
            autoComplete="username"
            inputMode="email"
            autoFocus
            {...form.register('email')}
          />
        </Field>
        <Button type="submit" size="lg" busy={form.formState.isSubmitting}>
          {text.submit}
        </Button>
      </form>
    </>
  );
}
