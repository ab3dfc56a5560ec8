'use client';
import { errorFaces } from '@medcall/shared-types';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { AudioUploader } from '../lib/audio/audio-uploader.ts';
import { CaptureHandover } from '../lib/audio/capture-handover.ts';
import { openChunkStore } from '../lib/audio/indexed-chunk-store.ts';
import { MuteGate } from '../lib/audio/mute-gate.ts';
import type { RoomLink } from '../lib/call/room-link.ts';
import type { ConsultationStore } from '../store/consultationStore.ts';

export interface UseTranscriptionOptions {
  link: RoomLink | null;
  store: ConsultationStore;
  track: MediaStreamTrack | null;
  microphoneOn: boolean;
  /** Guests are heard in the call; their voice becomes part of the record only when they agree to it. */
  enabled: boolean;
}

export interface TranscriptionUpload {
  /** Audio on this device that the service has not confirmed. */
  backlogMs: number;
  /** A sentence when this microphone is not being transcribed although it should. */
  trouble: string | null;
}

/** Sends my voice while the room transcribes: captured, kept until durable, sent again after a drop. */
export function useTranscription({
  link,
  store,
  track,
  microphoneOn,
  enabled,
}: UseTranscriptionOptions): TranscriptionUpload {
  const transcribing = useStore(
    store,
    (state) => state.transcription.kind === 'on' && state.phase.kind !== 'elsewhere',
  );
  const joined = useStore(store, (state) => state.phase.kind === 'joined');
  const ended = useStore(store, (state) => state.phase.kind === 'ended');
  const [uploader, setUploader] = useState<AudioUploader | null>(null);
  const [backlogMs, setBacklogMs] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  const capture = useRef<CaptureHandover | null>(null);
  const muted = useRef(!microphoneOn);
  muted.current = !microphoneOn;

  useEffect(() => {
    if (!link || !enabled) return;
    let opened: AudioUploader | null = null;
    let gone = false;
    void openChunkStore(link.roomId, link.userId).then(async (chunks) => {
      const created = new AudioUploader({
        store: chunks,
        newId: () => crypto.randomUUID(),
        send: (chunk) => link.sendChunk(chunk),
        onBacklog: setBacklogMs,
        onRefused: (code) =>
          setTrouble(code === 'not_transcribing' ? null : errorFaces[code].message),
      });
      await created.restore().catch((cause: unknown) => {
        console.warn('[audio] what was left of an earlier page could not be read', cause);
      });
      if (gone) return created.close();
      opened = created;
      setUploader(created);
    });
    return () => {
      gone = true;
      opened?.close();
      setUploader(null);
    };
  }, [link, enabled]);

  // The line goes up and down; the service says at each join where it stands.
  useEffect(() => {
    if (!link || !uploader) return;
    const state = store.getState();
    if (state.phase.kind === 'joined' && state.line === 'up' && state.transcription.kind === 'on') {
      uploader.joined(state.resume);
    }
    return store.subscribe((now, before) => {
      if (now.line !== 'up' && before.line === 'up') uploader.lineDown();
      const freshJoin = now.resume !== before.resume && now.phase.kind === 'joined';
      const started = now.transcription.kind === 'on' && before.transcription.kind !== 'on';
      if (now.transcription.kind === 'on' && now.line === 'up' && (freshJoin || started)) {
        uploader.joined(now.resume);
      }
    });
  }, [link, uploader, store]);

  useEffect(() => {
    if (!uploader || !transcribing) return;
    setTrouble(null);
    const gate = new MuteGate();
    const opened = new CaptureHandover({
      begin: () => uploader.begin(),
      end: () => uploader.end(),
      push: (pcm, capturedAtMs) => {
        const sent = gate.pass(pcm, muted.current);
        if (sent) uploader.push(sent, capturedAtMs);
      },
      onTrouble: (cause) => {
        console.error('[audio] the capture did not start', cause);
        setTrouble('Este navegador não deixou capturar sua voz para a transcrição.');
      },
    });
    capture.current = opened;
    return () => {
      opened.stop();
      capture.current = null;
    };
  }, [uploader, transcribing]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a capture that was opened anew has no track yet.
  useEffect(() => {
    if (track) void capture.current?.switchTo(track);
    else capture.current?.stop();
  }, [uploader, transcribing, track]);

  // Inside a room that does not transcribe, or after its end, no audio stays on this device.
  const mayHoldNothing = (joined && !transcribing) || ended;
  useEffect(() => {
    if (!uploader || !mayHoldNothing) return;
    uploader.discard().catch((cause: unknown) => console.warn('[audio] not discarded', cause));
  }, [uploader, mayHoldNothing]);

  return { backlogMs, trouble };
}
