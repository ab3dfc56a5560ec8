'use client';
import type { TranscriptUtterance } from '@medcall/shared-types';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { Play } from 'lucide-react';
import { memo, type Ref, useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { usePrinting } from '#components/shared/use-printing.ts';
import { Button } from '#components/ui/button.ts';
import { cn, formatClock } from '#lib/utils.ts';
import { recordMessages as text } from '#messages/record.ts';
import type { RecordStore } from '#store/recordStore.ts';
import { speakerName } from '../speaker-name.ts';

interface Props {
  items: readonly TranscriptUtterance[];
  store: RecordStore;
  /** Plays from an utterance; null where no sound was kept. */
  onPlay: ((utterance: TranscriptUtterance) => void) | null;
}

/** Of a row before it was measured. */
const usualRowPx = 60;
const rowsBeyond = 8;
const scrolls = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' ']);

/** What was said, drawn where one looks: it goes along with the sound until one scrolls. */
export function UtteranceList({ items, store, onPlay }: Props) {
  const box = useRef<HTMLElement>(null);
  const printing = usePrinting();
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => usualRowPx,
    getItemKey: (at) => items[at]?.id ?? at,
    overscan: rowsBeyond,
    gap: 4,
  });
  const { playing, following, setFollowing } = useSight(store, items, virtual);
  const latestPlay = useRef(onPlay);
  latestPlay.current = onPlay;
  // The same function each time: rows that did not change are not drawn again while one scrolls.
  const play = useCallback(
    (from: TranscriptUtterance) => {
      setFollowing(true);
      latestPlay.current?.(from);
    },
    [setFollowing],
  );
  if (printing) {
    return (
      <ol className="px-3 pb-5">
        {items.map((item) => (
          <Row key={item.id} utterance={item} store={store} onPlay={null} />
        ))}
      </ol>
    );
  }
  const leave = () => setFollowing(false);
  return (
    <div className="relative">
      <section
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        aria-label={text.transcript}
        data-testid="record-transcript"
        onWheel={leave}
        onTouchMove={leave}
        onKeyDown={(event) => {
          if (!scrolls.has(event.key) || event.target !== box.current) return;
          leave();
          const edge = event.key === 'End' ? items.length - 1 : event.key === 'Home' ? 0 : null;
          if (edge === null) return;
          // The browser's own way there would stop where rows turn out higher than thought.
          event.preventDefault();
          virtual.scrollToIndex(edge);
        }}
        className="max-h-[60dvh] overflow-y-auto px-3 pt-2 pb-5 lg:max-h-[calc(100dvh-9rem)]"
      >
        <ol className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const item = items[index];
            return item ? (
              <Row
                key={key}
                ref={virtual.measureElement}
                index={index}
                count={items.length}
                top={start}
                utterance={item}
                store={store}
                onPlay={onPlay ? play : null}
              />
            ) : null;
          })}
        </ol>
      </section>
      {playing !== null && !following ? (
        <Button
          size="sm"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float"
          onClick={() => setFollowing(true)}
        >
          {text.backToPlaying}
        </Button>
      ) : null}
    </div>
  );
}

/** Brings into sight what is asked for, and then what is heard, until the person scrolls. */
function useSight(
  store: RecordStore,
  items: readonly TranscriptUtterance[],
  virtual: Pick<Virtualizer<HTMLElement, Element>, 'scrollToIndex'>,
) {
  const playing = useStore(store, (state) => state.playing);
  const sought = useStore(store, (state) => state.sought);
  const [following, setFollowing] = useState(true);
  const placeOf = (id: string) => items.findIndex((item) => item.id === id);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that it is asked for, once.
  useEffect(() => {
    if (!sought) return;
    setFollowing(true);
    const place = placeOf(sought.id);
    if (place >= 0) virtual.scrollToIndex(place, { align: 'center' });
  }, [sought]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: with the sound from row to row.
  useEffect(() => {
    const place = playing === null ? -1 : placeOf(playing);
    if (following && place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
  }, [playing, following]);

  return { playing, following, setFollowing };
}

interface RowProps extends Pick<Props, 'store' | 'onPlay'> {
  utterance: TranscriptUtterance;
  index?: number;
  count?: number;
  /** Pixels from the top of the list; undefined on paper, where rows follow one another. */
  top?: number;
  ref?: Ref<HTMLLIElement>;
}

const Row = memo(function Row({ utterance, store, onPlay, index, count, top, ref }: RowProps) {
  const { id, speaker, start_ms, text: words } = utterance;
  const lit = useStore(store, (state) => state.lit.has(id));
  const playing = useStore(store, (state) => state.playing === id);
  const clock = formatClock(start_ms);
  return (
    <li
      ref={ref}
      data-index={index}
      aria-posinset={index === undefined ? undefined : index + 1}
      aria-setsize={count}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
      data-testid="utterance"
      data-speaker={speaker}
      data-lit={lit}
      data-playing={playing}
      className={cn(
        'grid grid-cols-[3.75rem_1fr] gap-x-1 rounded-md px-2 py-1.5 sm:grid-cols-[4.5rem_1fr] sm:gap-x-2',
        top !== undefined && 'absolute inset-x-0 top-0',
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
