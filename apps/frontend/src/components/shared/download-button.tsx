'use client';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { Progress } from '#components/ui/progress.ts';
import type { DownloadProgress, DownloadRequest } from '#lib/api/download.ts';
import { sharedMessages as text } from '#messages/shared.ts';
import { useDownload } from './use-download.ts';

interface Props {
  request: Omit<DownloadRequest, 'inTab' | 'onProgress'>;
  label: string;
  /** What is read when it does not work. */
  failure: string;
}

/** A file that may be long: how much of it has come stands under the button. */
export function DownloadButton({ request, label, failure }: Props) {
  const download = useDownload();
  const [progress, setProgress] = useState<DownloadProgress | null>(null);

  async function start(): Promise<void> {
    setProgress({ receivedBytes: 0, totalBytes: null });
    await download({ ...request, failure, onProgress: setProgress });
    setProgress(null);
  }

  return (
    <div className="flex min-w-44 flex-col gap-1.5">
      <Button
        variant="secondary"
        className="self-start"
        busy={progress !== null}
        onClick={() => void start()}
      >
        <Download aria-hidden="true" />
        {label}
      </Button>
      {progress ? (
        <>
          <Progress label={label} value={shareOf(progress)} />
          <p className="text-sm text-ink-soft">{text.received(progress.receivedBytes)}</p>
        </>
      ) : null}
    </div>
  );
}

function shareOf({ receivedBytes, totalBytes }: DownloadProgress): number | null {
  return totalBytes === null || totalBytes === 0 ? null : receivedBytes / totalBytes;
}
