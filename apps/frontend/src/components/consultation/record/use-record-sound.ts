'use client';
import type { Consultation, Recording, TranscriptUtterance } from '@medcall/shared-types';
import { useEffect, useRef, useState } from 'react';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { RecordPlayer } from '#lib/audio/record-player.ts';
import type { RecordStore } from '#store/recordStore.ts';

const assemblingRefreshMs = 4_000;
/** The sound is put together after the end: until then there is not even a row that says so. */
const expectedWithinMs = 10 * 60_000;
/** A row stays marked through the breath behind it. */
const breathMs = 400;

export interface RecordSound {
  /** Null while unknown or where no sound was kept. */
  recording: Recording | null;
  playing: boolean;
  positionMs: number;
  trouble: boolean;
  toggle: () => void;
  /** Plays from here; with an end it stops there. */
  playFrom: (startMs: number, endMs?: number) => void;
}

/** The kept sound of a consultation, all voices in one file. Second 0 is the transcript's zero. */
export function useRecordSound(
  /** Undefined while it is not known. */
  consultation: Consultation | undefined,
  rows: readonly TranscriptUtterance[],
  store: RecordStore,
): RecordSound {
  const gateway = useGateway();
  const recording = useMixedRecording(consultation);
  const recordingId = recording?.id ?? null;
  const player = useRef<RecordPlayer | null>(null);
  const [playing, setPlaying] = useState(false);
  const [positionMs, setPositionMs] = useState(0);
  const [trouble, setTrouble] = useState(false);

  useEffect(() => {
    if (!recordingId) return;
    const opened = new RecordPlayer({
      address: async () => (await gateway.recordingUrl(recordingId)).url,
      onState: setPlaying,
      onPosition: setPositionMs,
      onTrouble: () => setTrouble(true),
    });
    player.current = opened;
    return () => {
      opened.close();
      player.current = null;
    };
  }, [recordingId, gateway]);

  useEffect(() => {
    const isHeard = (row: TranscriptUtterance) =>
      row.start_ms <= positionMs && positionMs <= row.end_ms + breathMs;
    store.getState().play(playing ? (rows.findLast(isHeard)?.id ?? null) : null);
  }, [rows, playing, positionMs, store]);

  const playFrom: RecordSound['playFrom'] = (startMs, endMs) => {
    setTrouble(false);
    player.current?.play(startMs, endMs);
  };
  return {
    recording,
    playing,
    positionMs,
    trouble,
    toggle: () => (playing ? player.current?.pause() : playFrom(positionMs)),
    playFrom,
  };
}

function useMixedRecording(consultation: Consultation | undefined): Recording | null {
  const gateway = useGateway();
  const roomId = consultation?.roomId ?? null;
  const endedAt = consultation?.ended_at ?? null;
  const mayStillCome = () =>
    consultation?.status === 'IN_PROGRESS' ||
    (endedAt !== null && Date.now() - Date.parse(endedAt) < expectedWithinMs);
  const { data } = useSWR(
    roomId ? ['recordings', roomId] : null,
    () => gateway.recordings(roomId ?? ''),
    {
      revalidateOnFocus: false,
      // An account that may not hear it has none: the record goes on without.
      shouldRetryOnError: false,
      refreshInterval: (latest) => {
        if (!latest || latest.items.some(isPlayable)) return 0;
        const assembling = latest.items.some(({ status }) => status === 'assembling');
        return assembling || mayStillCome() ? assemblingRefreshMs : 0;
      },
    },
  );
  return data?.items.find(isPlayable) ?? null;
}

const isPlayable = ({ kind, status }: Recording) => kind === 'mixed' && status === 'ready';
