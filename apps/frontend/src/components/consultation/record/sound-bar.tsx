'use client';
import { Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { formatClock } from '#lib/utils.ts';
import { recordMessages as text } from '#messages/record.ts';
import type { RecordSound } from './use-record-sound.ts';

const bars = 240;

/** The whole consultation as a wave: a press goes there, the arrow keys too. */
export function SoundBar({ sound, recordingId }: { sound: RecordSound; recordingId: string }) {
  const gateway = useGateway();
  const { data } = useSWR(['peaks', recordingId], () => gateway.recordingPeaks(recordingId), {
    revalidateOnFocus: false,
  });
  const durationMs = data?.durationMs ?? sound.recording?.duration_ms ?? 0;
  const path = useMemo(() => wavePath(data?.peaks ?? []), [data]);
  return (
    <div className="flex items-center gap-3 px-5 pb-2">
      <Button
        size="icon"
        variant="secondary"
        aria-label={sound.playing ? text.pause : text.play}
        onClick={sound.toggle}
      >
        {sound.playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
      </Button>
      <div className="relative h-11 min-w-0 flex-1">
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${bars} 100`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full text-line-strong"
        >
          <path d={path} stroke="currentColor" strokeWidth="0.6" fill="none" />
        </svg>
        <div
          aria-hidden="true"
          className="absolute inset-y-0 w-0.5 bg-accent"
          style={{ left: `${durationMs > 0 ? (100 * sound.positionMs) / durationMs : 0}%` }}
        />
        <input
          type="range"
          min={0}
          max={Math.max(1, Math.round(durationMs / 1000))}
          value={Math.round(sound.positionMs / 1000)}
          aria-label={text.position}
          aria-valuetext={formatClock(sound.positionMs)}
          onChange={(event) => sound.playFrom(Number(event.target.value) * 1000)}
          className="absolute inset-0 size-full cursor-pointer opacity-0"
        />
      </div>
      <span className="w-24 shrink-0 text-right text-sm text-ink-soft">
        {formatClock(sound.positionMs)} / {formatClock(durationMs)}
      </span>
    </div>
  );
}

/** The loudest of each stretch, mirrored around the middle. */
function wavePath(peaks: readonly number[]): string {
  if (peaks.length === 0) return `M0 50H${bars}`;
  const step = peaks.length / bars;
  const parts: string[] = [];
  for (let bar = 0; bar < bars; bar += 1) {
    const from = Math.floor(bar * step);
    const to = Math.max(from + 1, Math.floor((bar + 1) * step));
    const height = Math.max(2, ...peaks.slice(from, to)) / 2;
    parts.push(`M${bar + 0.5} ${50 - height}V${50 + height}`);
  }
  return parts.join('');
}
