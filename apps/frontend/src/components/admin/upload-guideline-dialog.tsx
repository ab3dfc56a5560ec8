'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import type { GuidelineFacts } from '@medcall/shared-types';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { UploadBar } from '#components/shared/upload-bar.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useLeaving } from '#components/shared/use-leaving.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { FileInput } from '#components/ui/file-input.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import type { UploadOptions, UploadProgress } from '#lib/api/upload.ts';
import { guidelineMessages as text } from '#messages/admin/guidelines.ts';
import { type GuidelineFile, readGuidelineFile } from './guideline-file.ts';

const factsForm = z.object({
  title: z.string().trim().min(3, text.titleMissing).max(200),
  source: z.string().trim().min(3, text.sourceMissing).max(300),
  year: z
    .string()
    .regex(/^\d{4}$/, text.yearInvalid)
    .transform(Number),
  url: z.url({ protocol: /^https?$/, error: text.urlInvalid }),
});

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onUploaded: () => void;
}

/** Brings a document of the clinic in. */
export function UploadGuidelineDialog({ open, onOpenChange, onUploaded }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={text.add} description={text.addText}>
      <UploadForm
        onDone={() => {
          onOpenChange(false);
          onUploaded();
        }}
      />
    </Dialog>
  );
}

function UploadForm({ onDone }: { onDone: () => void }) {
  const gateway = useGateway();
  const toast = useToast();
  const [file, setFile] = useState<File | null>(null);
  const [fileTrouble, setFileTrouble] = useState<string | undefined>();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const { register, handleSubmit, formState } = useForm<
    z.input<typeof factsForm>,
    unknown,
    GuidelineFacts
  >({
    resolver: zodResolver(factsForm),
    defaultValues: { title: '', source: '', year: '', url: '' },
  });
  const { errors, isSubmitting } = formState;
  const leaving = useLeaving();

  async function send(facts: GuidelineFacts): Promise<void> {
    setTrouble(null);
    setProgress(null);
    const read = await readGuidelineFile(file);
    if (read.kind === 'refused') return setFileTrouble(read.reason);
    const signal = leaving();
    try {
      const made = await upload(facts, read, { onProgress: setProgress, signal });
      if (signal.aborted) return;
      toast({ title: text.sent(made.passages), tone: 'ok' });
      onDone();
    } catch (error) {
      if (!signal.aborted) setTrouble(errorSentence(error));
    }
  }

  function upload(
    facts: GuidelineFacts,
    read: Exclude<GuidelineFile, { kind: 'refused' }>,
    options: UploadOptions,
  ) {
    return read.kind === 'pdf'
      ? gateway.addGuidelinePdf(facts, read.content, options)
      : gateway.addGuidelineText(facts, read.markdown, options);
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => void handleSubmit(send)(event)}
    >
      <Field label={text.title} error={errors.title?.message}>
        <Input autoComplete="off" {...register('title')} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <Field label={text.source} error={errors.source?.message}>
          <Input autoComplete="off" {...register('source')} />
        </Field>
        <Field label={text.year} error={errors.year?.message}>
          <Input inputMode="numeric" autoComplete="off" {...register('year')} />
        </Field>
      </div>
      <Field label={text.url} error={errors.url?.message}>
        <Input type="url" autoComplete="off" {...register('url')} />
      </Field>
      <Field label={text.file} hint={text.fileHint} error={fileTrouble}>
        <FileInput
          accept=".pdf,.md,.markdown,application/pdf,text/markdown"
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null);
            setFileTrouble(undefined);
          }}
        />
      </Field>
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      {isSubmitting ? <UploadBar progress={progress} afterwards={text.sending} /> : null}
      <Button type="submit" busy={isSubmitting}>
        {text.send}
      </Button>
    </form>
  );
}
