'use client';
import { useEffect, useState } from 'react';
import { watchLevel } from '#lib/audioUtils.ts';
import { patientMessages } from '#messages/patient.ts';

const text = patientMessages.devices;
/** A quiet room stays below; a voice goes above. */
const voiceLevel = 0.35;
const silenceMs = 6_000;

/** Moves when one speaks; after a while without a voice it says what may be wrong. */
export function LevelBar({ track }: { track: MediaStreamTrack }) {
  const [level, setLevel] = useState(0);
  const [heard, setHeard] = useState(false);
  const [silent, setSilent] = useState(false);

  useEffect(() => {
    setHeard(false);
    return watchLevel(track, (next) => {
      setLevel(next);
      if (next > voiceLevel) setHeard(true);
    });
  }, [track]);

  useEffect(() => {
    setSilent(false);
    if (heard) return;
    const timer = setTimeout(() => setSilent(true), silenceMs);
    return () => clearTimeout(timer);
  }, [heard]);

  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: the bar of <meter> takes no colour of ours in every browser. */}
      <div
        role="meter"
        aria-label={text.level}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(level * 100)}
        data-testid="level"
        className="h-3 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full origin-left rounded-full bg-accent"
          style={{ transform: `scaleX(${level})` }}
        />
      </div>
      <p role="status" className="mt-2 text-ink-soft">
        {heard ? text.heard : silent ? text.silent : text.lead}
      </p>
    </div>
  );
}
