'use client';
import { useEffect, useState } from 'react';
import { watchLevel } from '#lib/audioUtils.ts';
import { cn } from '#lib/utils.ts';
import { inPersonMessages as text } from '#messages/in-person.ts';

const bars = Array.from({ length: 24 }, (_, index) => index);
/** A quiet room stays below; a voice goes above. */
const voiceLevel = 0.35;
const silenceMs = 45_000;

/** One big meter, readable from two metres: does the device hear this room? */
export function RoomMeter({ track, on }: { track: MediaStreamTrack | null; on: boolean }) {
  const [level, setLevel] = useState(0);
  const [lastVoiceAtMs, setLastVoiceAtMs] = useState<number | null>(null);
  const [silent, setSilent] = useState(false);

  useEffect(() => {
    if (!track || !on) {
      setLevel(0);
      setLastVoiceAtMs(null);
      return;
    }
    setLastVoiceAtMs(Date.now());
    return watchLevel(track, (next) => {
      setLevel(next);
      if (next > voiceLevel) setLastVoiceAtMs(Date.now());
    });
  }, [track, on]);

  useEffect(() => {
    setSilent(false);
    if (lastVoiceAtMs === null) return;
    const timer = setTimeout(() => setSilent(true), silenceMs);
    return () => clearTimeout(timer);
  }, [lastVoiceAtMs]);

  const lit = Math.round(level * bars.length);
  return (
    <div className="min-w-0 flex-1">
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> cannot be drawn as bars in every browser. */}
      <div
        role="meter"
        aria-label={text.level}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(level * 100)}
        data-testid="room-level"
        className="flex h-12 items-center gap-1"
      >
        {bars.map((bar) => (
          <span
            key={bar}
            className={cn('h-full flex-1 rounded-sm', bar < lit ? 'bg-accent' : 'bg-line')}
          />
        ))}
      </div>
      {silent && on ? (
        <p role="status" className="mt-2 text-sm font-semibold text-warning">
          {text.silent}
        </p>
      ) : null}
    </div>
  );
}
