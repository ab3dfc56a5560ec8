'use client';
import type { Consultation, Transcript, TranscriptUtterance } from '@medcall/shared-types';
import { Play } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { useDownload } from '#components/shared/use-download.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardHeader, CardTitle } from '#components/ui/card.ts';
import { CountBadge } from '#components/ui/count-badge.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { cn, formatClock } from '#lib/utils.ts';
import { recordMessages as text } from '#messages/record.ts';
import type { RecordStore } from '#store/recordStore.ts';
import { speakerName } from '../speaker-name.ts';
import { SoundBar } from './sound-bar.tsx';
import type { RecordSound } from './use-record-sound.ts';

interface Props {
  consultation: Consultation;
  /** Null when this account may not see it. */
  transcript: Transcript | null | undefined;
  settling: boolean;
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
  store,
  sound,
  onPlay,
}: Props) {
  const items = transcript?.items ?? [];
  return (
    <Card aria-label={text.transcript} className="2xl:sticky 2xl:top-4">
      <CardHeader className="flex-wrap">
        <CardTitle>
          {text.transcript}
          <CountBadge count={items.length} words={text.speechCount(items.length)} />
        </CardTitle>
        {items.length > 0 ? <Downloads consultation={consultation} /> : null}
      </CardHeader>
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
        <ol className="flex max-h-[60dvh] flex-col gap-1 lg:max-h-[calc(100dvh-9rem)] overflow-y-auto px-3 pt-2 pb-5">
          {items.map((utterance) => (
            <Row key={utterance.id} utterance={utterance} store={store} onPlay={onPlay} />
          ))}
        </ol>
      )}
    </Card>
  );
}

const Row = memo(function Row({
  utterance,
  store,
  onPlay,
}: { utterance: TranscriptUtterance } & Pick<Props, 'store' | 'onPlay'>) {
  const { id, speaker, start_ms, text: words } = utterance;
  const lit = useStore(store, (state) => state.lit.has(id));
  const playing = useStore(store, (state) => state.playing === id);
  const clock = formatClock(start_ms);
  return (
    <li
      id={utteranceAnchor(id)}
      data-testid="utterance"
      data-speaker={speaker}
      data-lit={lit}
      // Rows out of sight cost nothing: a long consultation has more than a thousand.
      className={cn(
        'grid grid-cols-[4.5rem_1fr] gap-x-2 rounded-md px-2 py-1.5 [contain-intrinsic-size:auto_3rem] [content-visibility:auto]',
        lit && 'bg-accent-wash',
        playing && 'ring-2 ring-accent ring-inset',
      )}
    >
      {onPlay ? (
        <button
          type="button"
          aria-label={text.playFrom(clock)}
          onClick={() => onPlay(utterance)}
          className="flex h-7 cursor-pointer items-center gap-1 rounded-sm text-sm text-accent hover:underline [&_svg]:size-3.5"
        >
          <Play aria-hidden="true" />
          {clock}
        </button>
      ) : (
        <span className="pt-0.5 text-sm text-ink-soft">{clock}</span>
      )}
      <p>
        <span
          className={cn(
            'mr-2',
            speaker === 'PACIENTE' ? 'font-bold' : 'font-semibold text-ink-soft',
          )}
        >
          {speakerName(speaker, null)}
        </span>
        {words}
      </p>
    </li>
  );
});

/** Where an utterance stands on the page. */
export const utteranceAnchor = (id: string) => `fala-${id}`;

function Downloads({ consultation }: { consultation: Consultation }) {
  const download = useDownload();
  const save = (format: 'txt' | 'vtt') =>
    download({
      path: `/api/consultations/${consultation.id}/transcript?format=${format}`,
      fileName: `transcricao-${consultation.roomId}.${format}`,
      failure: text.downloadFailed,
    });
  return (
    <p className="flex items-center gap-3 text-sm text-ink-soft">
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
