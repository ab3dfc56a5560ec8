'use client';
import { useState } from 'react';
import { UploadBar } from '#components/shared/upload-bar.tsx';
import { useLeaving } from '#components/shared/use-leaving.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import type { UploadOptions, UploadProgress } from '#lib/api/upload.ts';
import { settingsMessages } from '#messages/settings.ts';
import { longestSeconds, shortestSeconds, useVoiceRecording } from './use-voice-recording.ts';

const text = settingsMessages.voice;
/** Below this the microphone hears hardly anything. */
const quietLevel = 0.3;

interface Props {
  /** Rejects with the reason why the recording cannot be used. */
  onSend: (wav: Blob, options: UploadOptions) => Promise<void>;
  onCancel: () => void;
}

/** Reads a sentence aloud into the microphone, with its level in sight. */
export function VoiceRecorder({ onSend, onCancel }: Props) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const leaving = useLeaving();
  const recording = useVoiceRecording((wav) => void send(wav));

  async function send(wav: Blob): Promise<void> {
    const signal = leaving();
    setSending(true);
    setProgress(null);
    setTrouble(null);
    try {
      await onSend(wav, { onProgress: setProgress, signal });
    } catch (error) {
      if (!signal.aborted) setTrouble(errorSentence(error));
    } finally {
      setSending(false);
    }
  }

  if (recording.trouble || trouble) {
    return (
      <>
        <Alert tone="danger">
          {recording.trouble ? text.microphone[recording.trouble] : trouble}
        </Alert>
        <div className="flex flex-wrap gap-3">
          <Button
            onClick={() => {
              setTrouble(null);
              recording.begin();
            }}
          >
            {text.again}
          </Button>
          <Button variant="quiet" onClick={onCancel}>
            {text.cancel}
          </Button>
        </div>
      </>
    );
  }
  const seconds = Math.floor(recording.seconds);
  return (
    <>
      <p>{text.read}</p>
      <blockquote className="rounded-md bg-ground px-5 py-4 text-xl leading-relaxed">
        {text.phrase}
      </blockquote>
      {sending ? (
        <UploadBar progress={progress} afterwards={text.sending} />
      ) : (
        <Level level={recording.level} seconds={seconds} />
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          busy={sending}
          disabled={recording.seconds < shortestSeconds}
          onClick={recording.finish}
        >
          {text.finish}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {text.cancel}
        </Button>
        {recording.seconds < shortestSeconds ? (
          <span className="text-sm text-ink-soft">{text.tooEarly}</span>
        ) : null}
      </div>
    </>
  );
}

/** What the microphone hears, and how much of it there is. */
function Level({ level, seconds }: { level: number; seconds: number }) {
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: the bar of <meter> takes no colour of ours in every browser. */}
      <div
        role="meter"
        aria-label={text.level}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(level * 100)}
        className="h-4 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full origin-left rounded-full bg-accent"
          style={{ transform: `scaleX(${level})` }}
        />
      </div>
      <p className="flex justify-between gap-3 text-ink-soft">
        <span>{level < quietLevel && seconds > 2 ? text.quiet : text.fine}</span>
        <span>{text.seconds(seconds, longestSeconds)}</span>
      </p>
    </>
  );
}
