import {
  type RetranscriptionJob,
  type RetranscriptionRefusal,
  retranscriptionFailure,
  retranscriptionFailureMessages,
  retranscriptionRefusalMessages,
} from '@medcall/shared-types';
import { Alert } from '#components/ui/alert.ts';
import { Progress } from '#components/ui/progress.ts';
import { formatClock, formatDate, formatTime } from '#lib/utils.ts';
import {
  firstUp,
  resultWords,
  retranscriptionMessages as text,
} from '#messages/retranscription.ts';

interface BarProps {
  job: RetranscriptionJob;
  /** Says what it is of, where no title does. */
  named?: boolean;
}

/** How far a job is, in time of the consultation. */
export function RetranscriptionBar({ job, named = false }: BarProps) {
  const { secondsDone, secondsTotal } = job;
  const known = job.status === 'running' && secondsTotal > 0;
  const words = known
    ? text.clock(formatClock(secondsDone * 1000), formatClock(secondsTotal * 1000))
    : text.waiting;
  return (
    <div className="flex flex-col gap-1.5">
      <Progress
        label={text.underWay}
        value={known ? secondsDone / secondsTotal : null}
        valueText={words}
      />
      <p className="text-sm text-ink-soft">{named ? text.named(words) : firstUp(words)}</p>
    </div>
  );
}

/** What will happen, before anybody asks for it; and what happened the last time. */
export function RetranscriptionOffer({ last }: { last: RetranscriptionJob | null }) {
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex list-disc flex-col gap-1.5 pl-5">
        {text.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <LastTime job={last} />
    </div>
  );
}

export function LastTime({ job }: { job: RetranscriptionJob | null }) {
  if (!job?.result || !job.finished_at) return null;
  const at = `${formatDate(job.finished_at)}, ${formatTime(job.finished_at)}`;
  return (
    <p className="text-sm text-ink-soft">{text.lastDone(at, resultWords(job.result).join(', '))}</p>
  );
}

export function RetranscriptionRefused({ refusal }: { refusal: RetranscriptionRefusal }) {
  return (
    <Alert tone="neutral" title={text.refused}>
      {retranscriptionRefusalMessages[refusal]}
    </Alert>
  );
}

/** How a job ended that somebody waited for. */
export function RetranscriptionEnd({ job }: { job: RetranscriptionJob }) {
  if (job.result) {
    const [first, ...more] = resultWords(job.result);
    return (
      <Alert tone="ok" title={`${text.doneTitle}: ${first}`}>
        {more.length === 0 ? null : `${more.join('; ')}.`}
      </Alert>
    );
  }
  if (job.status === 'cancelled') return <Alert tone="neutral">{text.cancelled}</Alert>;
  const why = retranscriptionFailure.safeParse(job.failure);
  return (
    <Alert tone="warning" title={text.failed}>
      {why.success ? retranscriptionFailureMessages[why.data] : null}
    </Alert>
  );
}
