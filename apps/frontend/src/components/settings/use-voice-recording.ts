'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { startCapture } from '#lib/audio/microphone-capture.ts';
import { wavOfPcm } from '#lib/audio/wav.ts';
import { type MediaTrouble, mediaTrouble, watchLevel } from '#lib/audioUtils.ts';

/** The service takes 5 to 15 seconds; the sentence takes about ten. */
export const shortestSeconds = 6;
export const longestSeconds = 14;
const sampleRate = 16_000;
const bytesPerSecond = sampleRate * 2;

export interface VoiceRecording {
  seconds: number;
  /** 0 to 1. */
  level: number;
  trouble: MediaTrouble | null;
  /** Throws away what was recorded and starts over. */
  begin: () => void;
  finish: () => void;
}

/**
 * Records the microphone from the first moment, at most `longestSeconds`; hands over a WAV of 16 kHz.
 * The voice as it is: no noise suppression or gain control, which would change what is measured.
 */
export function useVoiceRecording(onDone: (wav: Blob) => void): VoiceRecording {
  const [round, setRound] = useState(0);
  const [bytes, setBytes] = useState(0);
  const [level, setLevel] = useState(0);
  const [trouble, setTrouble] = useState<MediaTrouble | null>(null);
  const pieces = useRef<ArrayBuffer[]>([]);
  const done = useRef(false);
  const handOver = useRef(onDone);
  handOver.current = onDone;

  const finish = useCallback(() => {
    if (done.current) return;
    done.current = true;
    handOver.current(wavOfPcm(pieces.current, sampleRate));
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks for a new recording.
  useEffect(() => {
    let gone = false;
    const undo: (() => void)[] = [];
    pieces.current = [];
    done.current = false;
    setBytes(0);
    setTrouble(null);
    async function record(): Promise<void> {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: {
          channelCount: 1,
          echoCancellation: false,
          noiseSuppression: false,
          autoGainControl: false,
        },
      });
      undo.push(() => {
        for (const track of stream.getTracks()) track.stop();
      });
      const [track] = stream.getAudioTracks();
      if (gone || !track) return;
      undo.push(watchLevel(track, setLevel));
      const capture = await startCapture({
        track,
        onChunk: (pcm) => {
          if (done.current) return;
          pieces.current.push(pcm);
          setBytes((before) => before + pcm.byteLength);
        },
        onInterrupted: () => setTrouble('busy'),
      });
      undo.push(() => capture.stop());
    }
    record()
      .catch((error: unknown) => {
        if (!gone) setTrouble(navigator.mediaDevices ? mediaTrouble(error) : 'unsupported');
      })
      .finally(() => {
        if (gone) for (const step of undo.splice(0)) step();
      });
    return () => {
      gone = true;
      for (const step of undo.splice(0)) step();
    };
  }, [round]);

  const seconds = bytes / bytesPerSecond;
  useEffect(() => {
    if (seconds >= longestSeconds) finish();
  }, [seconds, finish]);

  return { seconds, level, trouble, begin: () => setRound((before) => before + 1), finish };
}
