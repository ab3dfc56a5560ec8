'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import type { SigningCertificateStatus } from '@medcall/shared-types';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { FileInput } from '#components/ui/file-input.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { base64Of } from '#lib/patients/file-content.ts';
import { signatureMessages as text } from '#messages/signature.ts';

/** An A1 file has 3 to 12 kB. */
const mostBytes = 64_000;
const passwordForm = z.object({ password: z.string().min(1, text.passwordMissing).max(200) });

/** The A1 file and its password, which goes along once and is not kept. */
export function CertificateForm({
  onStored,
}: {
  onStored: (now: SigningCertificateStatus) => void;
}) {
  const gateway = useGateway();
  const toast = useToast();
  const [file, setFile] = useState<File | null>(null);
  /** How many were stored: each empties the field. */
  const [stored, setStored] = useState(0);
  const [fileTrouble, setFileTrouble] = useState<string | undefined>();
  const { attempt, trouble } = useAttempt();
  const { register, handleSubmit, formState, reset } = useForm<z.infer<typeof passwordForm>>({
    resolver: zodResolver(passwordForm),
    defaultValues: { password: '' },
  });
  const { errors, isSubmitting } = formState;

  async function send({ password }: z.infer<typeof passwordForm>): Promise<void> {
    if (!file) return setFileTrouble(text.fileMissing);
    if (file.size > mostBytes) return setFileTrouble(text.fileTooBig);
    await attempt(async () => {
      const now = await gateway.storeCertificate({ file: await base64Of(file), password });
      reset();
      setFile(null);
      setStored((count) => count + 1);
      toast({ title: text.stored, description: text.storedText, tone: 'ok' });
      onStored(now);
    });
  }

  return (
    <form
      noValidate
      method="post"
      className="flex flex-col gap-4"
      onSubmit={(event) => void handleSubmit(send)(event)}
    >
      <Field label={text.file} hint={text.fileHint} error={fileTrouble}>
        <FileInput
          key={stored}
          accept=".pfx,.p12,application/x-pkcs12"
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null);
            setFileTrouble(undefined);
          }}
        />
      </Field>
      <Field label={text.password} hint={text.passwordHint} error={errors.password?.message}>
        <Input type="password" autoComplete="new-password" {...register('password')} />
      </Field>
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      <Button type="submit" className="self-start" busy={isSubmitting}>
        {text.store}
      </Button>
    </form>
  );
}
