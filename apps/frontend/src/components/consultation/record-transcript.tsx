'use client';
import type { Consultation, Transcript } from '@medcall/shared-types';
import { useConfig } from '#components/shared/config-provider.tsx';
import { Button } from '#components/ui/button.ts';
import { Card, CardHeader, CardTitle } from '#components/ui/card.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { useToast } from '#components/ui/toast.ts';
import { cn, formatClock } from '#lib/utils.ts';
import { recordMessages as text } from '#messages/record.ts';
import { useAuthStore } from '#store/authStore.ts';
import { speakerName } from './speaker-name.ts';

interface Props {
  consultation: Consultation;
  /** Null when this account may not see it. */
  transcript: Transcript | null | undefined;
  settling: boolean;
}

/** The stored transcript, in order of time. */
export function RecordTranscript({ consultation, transcript, settling }: Props) {
  const items = transcript?.items ?? [];
  return (
    <Card aria-label={text.transcript}>
      <CardHeader className="flex-wrap">
        <CardTitle>
          {text.transcript}{' '}
          <span className="font-normal text-ink-soft">
            {items.length > 0 ? text.speechCount(items.length) : ''}
          </span>
        </CardTitle>
        {items.length > 0 ? <Downloads consultation={consultation} /> : null}
      </CardHeader>
      {settling ? (
        <p role="status" className="px-5 text-sm text-ink-soft">
          {text.stillComing}
        </p>
      ) : null}
      {items.length === 0 ? (
        <EmptyState title={transcript === null ? text.forbiddenPart : text.transcriptEmpty}>
          {transcript === null ? null : text.transcriptWhy}
        </EmptyState>
      ) : (
        <ol className="flex flex-col gap-3 px-5 pt-2 pb-5">
          {items.map((utterance) => (
            <li
              key={utterance.id}
              id={`fala-${utterance.id}`}
              data-testid="utterance"
              data-speaker={utterance.speaker}
              className="grid grid-cols-[4rem_1fr] gap-x-3"
            >
              <span className="pt-0.5 text-sm text-ink-soft">
                {formatClock(utterance.start_ms)}
              </span>
              <p>
                <span
                  className={cn(
                    'mr-2',
                    utterance.speaker === 'PACIENTE' ? 'font-bold' : 'font-semibold text-ink-soft',
                  )}
                >
                  {speakerName(utterance.speaker, null)}
                </span>
                {utterance.text}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Downloads({ consultation }: { consultation: Consultation }) {
  const { gatewayUrl } = useConfig();
  const getAccessToken = useAuthStore((state) => state.getAccessToken);
  const toast = useToast();

  // A plain link cannot carry the bearer, and a token in an address would end up in logs.
  async function download(format: 'txt' | 'vtt'): Promise<void> {
    try {
      const token = await getAccessToken();
      const response = await fetch(
        `${gatewayUrl}/api/consultations/${consultation.id}/transcript?format=${format}`,
        {
          headers: { authorization: `Bearer ${token ?? ''}` },
          signal: AbortSignal.timeout(15_000),
        },
      );
      if (!response.ok) throw new Error(`status ${response.status}`);
      const url = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = url;
      link.download = `transcricao-${consultation.roomId}.${format}`;
      link.click();
      URL.revokeObjectURL(url);
    } catch (cause) {
      console.warn('[record] download failed', cause);
      toast({ title: text.downloadFailed, tone: 'danger' });
    }
  }

  return (
    <p className="flex items-center gap-3 text-sm text-ink-soft">
      {text.download}
      <Button variant="link" size="sm" onClick={() => void download('txt')}>
        {text.asText}
      </Button>
      <Button variant="link" size="sm" onClick={() => void download('vtt')}>
        {text.asSubtitles}
      </Button>
    </p>
  );
}
