'use client';
import { ArrowDown } from 'lucide-react';
import { type UIEvent, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { cn, formatClock } from '#lib/utils.ts';
import { callMessages } from '#messages/call.ts';
import type { Speaker, TranscriptLine } from '#types/consultation.ts';
import { SpeakerChips } from './speaker-chips.tsx';
import { speakerName } from './speaker-name.ts';

const text = callMessages.transcript;
/** Rows in the page at once; a long consultation has more than a thousand. */
const pageRows = 60;
/** This near to the end counts as following. */
const followMarginPx = 48;

interface Props {
  lines: readonly TranscriptLine[];
  /** Whose "Você" it is. */
  me: Speaker;
  empty: string;
  /** Given where a voice may be mistaken for the other: each row then says and takes who spoke. */
  onSpeaker?: (utteranceId: string, speaker: Speaker) => void;
  className?: string;
}

/** Follows the speech; stops following when one scrolls up, until "voltar ao vivo". */
export function TranscriptPanel({ lines, me, empty, onSpeaker, className }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  /** How many rows from the end are drawn. */
  const [rows, setRows] = useState(pageRows);
  /** While one reads, what comes in must not push the drawn rows up and away. */
  const [frozenEnd, setFrozenEnd] = useState<number | null>(null);
  const end = frozenEnd ?? lines.length;
  const start = Math.max(0, end - rows);
  const drawn = lines.slice(start, following ? lines.length : Math.max(end, lines.length));

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new line may move the end.
  useLayoutEffect(() => {
    const element = box.current;
    if (element && following) element.scrollTop = element.scrollHeight;
  }, [lines, following]);

  function onScroll(event: UIEvent<HTMLDivElement>): void {
    const element = event.currentTarget;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < followMarginPx;
    if (atEnd === following) return;
    setFollowing(atEnd);
    setFrozenEnd(atEnd ? null : lines.length);
    if (atEnd) setRows(pageRows);
  }

  return (
    <div className={cn('relative flex min-h-0 flex-1 flex-col', className)}>
      <div
        ref={box}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        role="log"
        aria-label={text.title}
        aria-live="off"
        data-testid="transcript"
        className="min-h-0 flex-1 overflow-y-auto px-4 py-3"
      >
        {lines.length === 0 ? <p className="text-ink-soft">{empty}</p> : null}
        {start > 0 ? (
          <Button variant="link" size="sm" onClick={() => setRows((count) => count + pageRows)}>
            {text.earlier}
          </Button>
        ) : null}
        <ol className="flex flex-col gap-3">
          {drawn.map((line) => (
            <Line key={line.id} line={line} me={me} {...(onSpeaker ? { onSpeaker } : {})} />
          ))}
        </ol>
      </div>
      {following ? null : (
        <Button
          size="sm"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float"
          onClick={() => {
            setFollowing(true);
            setFrozenEnd(null);
            setRows(pageRows);
          }}
        >
          <ArrowDown aria-hidden="true" />
          {text.backToLive}
        </Button>
      )}
    </div>
  );
}

function Line({ line, me, onSpeaker }: { line: TranscriptLine } & Pick<Props, 'me' | 'onSpeaker'>) {
  const mine = line.speaker === me;
  return (
    <li
      data-testid="utterance"
      data-speaker={line.speaker}
      data-final={line.isFinal}
      className={cn('max-w-[92%]', mine && 'self-end text-right')}
    >
      <p className="text-sm text-ink-soft">
        {onSpeaker && line.isFinal ? (
          <SpeakerChips
            speaker={line.speaker}
            me={me}
            onSpeaker={(speaker) => onSpeaker(line.id, speaker)}
          />
        ) : (
          <span className={cn('text-ink', mine ? 'font-semibold' : 'font-bold')}>
            {speakerName(line.speaker, me)}
          </span>
        )}{' '}
        {formatClock(line.startMs)}
        {line.isFinal ? null : <span className="italic"> ({callMessages.partial})</span>}
      </p>
      <p
        className={cn(
          'inline-block rounded-lg px-3 py-1.5 text-left text-[1.0625rem]',
          mine ? 'bg-ground' : 'bg-accent-wash',
          !line.isFinal && 'text-ink-soft italic',
        )}
      >
        {line.text}
      </p>
    </li>
  );
}
