import { Progress } from '#components/ui/progress.ts';
import type { UploadProgress } from '#lib/api/upload.ts';
import { sharedMessages as text } from '#messages/shared.ts';

interface Props {
  progress: UploadProgress | null;
  /** What happens to the file once it is there. */
  afterwards: string;
}

/** How much of a file has gone out; then what is done with it, which nobody can measure. */
export function UploadBar({ progress, afterwards }: Props) {
  const under = progress !== null && progress.sentBytes < progress.totalBytes;
  return (
    <div className="flex flex-col gap-1.5">
      <Progress
        label={under ? text.uploading : afterwards}
        value={under ? progress.sentBytes / progress.totalBytes : null}
      />
      <p className="text-sm text-ink-soft">
        {under ? text.sentOf(progress.sentBytes, progress.totalBytes) : afterwards}
      </p>
    </div>
  );
}
