'use client';
import { importColumns } from '@medcall/shared-types';
import { Download } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { UploadBar } from '#components/shared/upload-bar.tsx';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { FileInput } from '#components/ui/file-input.ts';
import { saveFile } from '#lib/api/download.ts';
import type { UploadProgress } from '#lib/api/upload.ts';
import { largestImportBytes } from '#lib/patients/file-content.ts';
import { importTemplate } from '#lib/patients/import-template.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';

const text = patientListsMessages.import;

interface Props {
  busy: boolean;
  progress: UploadProgress | null;
  onFile: (file: File) => void;
}

/** Chooses the file; a model says what it should look like. */
export function ImportFile({ busy, progress, onFile }: Props) {
  const [file, setFile] = useState<File | null>(null);
  const [trouble, setTrouble] = useState<string | undefined>();

  function check(event: FormEvent): void {
    event.preventDefault();
    if (!file || file.size === 0) setTrouble(text.fileMissing);
    else if (file.size > largestImportBytes) setTrouble(text.fileLarge);
    else onFile(file);
  }

  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={check}>
      <Field label={text.file} hint={text.fileHint} error={trouble}>
        <FileInput
          accept=".csv,text/csv"
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null);
            setTrouble(undefined);
          }}
        />
      </Field>
      <div>
        <p className="font-semibold">{text.columns}</p>
        <p className="text-sm text-ink-soft">{text.columnsText}</p>
        <p className="mt-1 text-sm">{importColumns.join(' · ')}</p>
      </div>
      {busy ? <UploadBar progress={progress} afterwards={text.checking} /> : null}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={busy}>
          {text.check}
        </Button>
        <Button
          variant="quiet"
          onClick={() =>
            saveFile(new Blob([importTemplate], { type: 'text/csv' }), 'modelo-pacientes.csv')
          }
        >
          <Download aria-hidden="true" />
          {text.template}
        </Button>
      </div>
    </form>
  );
}
