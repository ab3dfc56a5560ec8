'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { type Ref, type UIEvent, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { standsFor } from '#lib/call/transcript-lines.ts';
import { cn, formatClock } from '#lib/utils.ts';
import { callMessages } from '#messages/call.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import type { Speaker, TranscriptLine } from '#types/consultation.ts';
import { SpeakerChips } from './speaker-chips.tsx';
import { speakerName } from './speaker-name.ts';

const text = doctorCallMessages.transcript;
/** Of a row before it was measured. */
const usualRowPx = 66;
/** Drawn above and below what is seen: a long consultation has more than a thousand rows, a page holds some. */
const rowsBeyond = 6;
/** This near to the end counts as following. */
const followMarginPx = 48;

interface Props {
  lines: readonly TranscriptLine[];
  /** Whose "Você" it is. */
  me: Speaker;
  empty: string;
  /** The utterance that something beside is about. */
  lit?: string | null;
  /** Given where a voice may be mistaken for the other: each row then says and takes who spoke. */
  onSpeaker?: (utteranceId: string, speaker: Speaker) => void;
  className?: string;
}

/** Follows the speech; stops following when one scrolls up, until "voltar ao vivo". */
export function TranscriptPanel({ lines, me, empty, lit = null, onSpeaker, className }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const lastTopPx = useRef(0);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => usualRowPx,
    getItemKey: (at) => lines[at]?.id ?? at,
    overscan: rowsBeyond,
    gap: 12,
  });
  const heightPx = virtual.getTotalSize();

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new line, and each one measured, moves the end.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !following) return;
    element.scrollTop = element.scrollHeight;
    // Our own way, also where rows turned out lower than expected and the end came up: nobody has scrolled.
    lastTopPx.current = element.scrollTop;
  }, [lines, heightPx, following]);

  function onScroll(event: UIEvent<HTMLDivElement>): void {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
    // Only a way up is a person's: what comes in makes the end move down.
    const up = scrollTop < lastTopPx.current;
    lastTopPx.current = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < followMarginPx) setFollowing(true);
    else if (up) setFollowing(false);
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
        <ol className="relative" style={{ height: heightPx }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const line = lines[index];
            return line ? (
              <Line
                key={key}
                ref={virtual.measureElement}
                place={{ index, count: lines.length, topPx: start }}
                line={line}
                me={me}
                lit={standsFor(line, lit)}
                {...(onSpeaker ? { onSpeaker } : {})}
              />
            ) : null;
          })}
        </ol>
      </div>
      {following ? null : (
        <Button
          size="sm"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float"
          onClick={() => setFollowing(true)}
        >
          <ArrowDown aria-hidden="true" />
          {text.backToLive}
        </Button>
      )}
    </div>
  );
}

interface LineProps extends Pick<Props, 'me' | 'onSpeaker'> {
  line: TranscriptLine;
  lit: boolean;
  place: { index: number; count: number; topPx: number };
  ref: Ref<HTMLLIElement>;
}

function Line({ line, lit, me, onSpeaker, place, ref }: LineProps) {
  const mine = line.speaker === me;
  return (
    <li
      ref={ref}
      data-index={place.index}
      aria-posinset={place.index + 1}
      aria-setsize={place.count}
      style={{ transform: `translateY(${place.topPx}px)` }}
      data-testid="utterance"
      data-speaker={line.speaker}
      data-final={line.isFinal}
      data-lit={lit}
      className={cn('absolute top-0 max-w-[92%]', mine ? 'right-0 text-right' : 'left-0')}
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
          lit && 'ring-2 ring-accent',
        )}
      >
        {line.text}
      </p>
    </li>
  );
}
