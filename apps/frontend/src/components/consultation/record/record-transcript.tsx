'use client';
import type { Consultation, Transcript, TranscriptUtterance } from '@medcall/shared-types';
import { useDownload } from '#components/shared/use-download.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardHeader, CardTitle } from '#components/ui/card.ts';
import { CountBadge } from '#components/ui/count-badge.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { recordMessages as text } from '#messages/record.ts';
import type { RecordStore } from '#store/recordStore.ts';
import { useRetranscribe } from './retranscribe.tsx';
import { SoundBar } from './sound-bar.tsx';
import type { RecordSound } from './use-record-sound.ts';
import { UtteranceList } from './utterance-list.tsx';

interface Props {
  consultation: Consultation;
  /** Null when this account may not see it. */
  transcript: Transcript | null | undefined;
  settling: boolean;
  /** Whether I am its doctor. */
  mine: boolean;
  /** The transcript is another now. */
  onRetranscribed: () => void;
  store: RecordStore;
  sound: RecordSound;
  /** Plays from an utterance; null where no sound was kept. */
  onPlay: ((utterance: TranscriptUtterance) => void) | null;
}

/** The stored transcript, in order of time. */
export function RecordTranscript({
  consultation,
  transcript,
  settling,
  mine,
  onRetranscribed,
  store,
  sound,
  onPlay,
}: Props) {
  const items = transcript?.items ?? [];
  const begun = consultation.started_at !== null;
  const again = useRetranscribe({ consultation, onDone: onRetranscribed }, mine && begun);
  return (
    <Card aria-label={text.transcript} className="2xl:sticky 2xl:top-4">
      <CardHeader className="flex-wrap">
        <CardTitle>
          {text.transcript}
          <CountBadge count={items.length} words={text.speechCount(items.length)} />
        </CardTitle>
        <div className="flex items-center gap-2 max-sm:w-full max-sm:justify-between">
          {items.length > 0 ? <Downloads consultation={consultation} /> : null}
          {again.menu}
        </div>
      </CardHeader>
      {again.bar}
      {again.dialog}
      {sound.recording ? <SoundBar sound={sound} recordingId={sound.recording.id} /> : null}
      {sound.trouble ? (
        <p role="alert" className="px-5 pb-2 text-sm font-semibold text-danger">
          {text.soundFailed}
        </p>
      ) : null}
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
        <UtteranceList items={items} store={store} onPlay={onPlay} />
      )}
    </Card>
  );
}

function Downloads({ consultation }: { consultation: Consultation }) {
  const download = useDownload();
  const save = (format: 'txt' | 'vtt') =>
    download({
      path: `/api/consultations/${consultation.id}/transcript?format=${format}`,
      fileName: `transcricao-${consultation.roomId}.${format}`,
      failure: text.downloadFailed,
    });
  return (
    <p className="flex items-center gap-3 text-sm text-ink-soft print:hidden">
      {text.download}
      <Button variant="link" size="sm" onClick={() => void save('txt')}>
        {text.asText}
      </Button>
      <Button variant="link" size="sm" onClick={() => void save('vtt')}>
        {text.asSubtitles}
      </Button>
    </p>
  );
}
