'use client';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ConsultationActions } from '#hooks/useConsultation.ts';
import { tabMemory } from '#lib/call/tab-memory.ts';
import type { ConsultationStore } from '#store/consultationStore.ts';

interface Options {
  store: ConsultationStore;
  actions: ConsultationActions;
  roomId: string;
  aiEnabled: boolean;
  onTrouble: (error: unknown) => void;
}

const pausedKey = (roomId: string) => `medcall.pausada.${roomId}`;

/** The doctor's pause outlives a reload of the page: it may not start again by itself. */
export function rememberPause(roomId: string, paused: boolean): void {
  tabMemory.set(pausedKey(roomId), paused ? '1' : null);
}

/** Starts the transcription once when the patient is in the room; the doctor sees it and can pause it. */
export function useAutoTranscription(options: Options): void {
  const { store, actions, roomId, aiEnabled, onTrouble } = options;
  const joined = useStore(store, (state) => state.phase.kind === 'joined' && state.line === 'up');
  const patientIsIn = useStore(store, (state) =>
    state.participants.some(({ role }) => role === 'patient'),
  );
  const off = useStore(store, (state) => state.transcription.kind === 'off');
  const tried = useRef(false);
  const trouble = useRef(onTrouble);
  trouble.current = onTrouble;

  useEffect(() => {
    const wanted = joined && patientIsIn && off && aiEnabled && !tried.current;
    if (!wanted || tabMemory.get(pausedKey(roomId)) !== null) return;
    tried.current = true;
    actions.startTranscription().catch((error: unknown) => {
      tried.current = false;
      trouble.current(error);
    });
  }, [joined, patientIsIn, off, aiEnabled, roomId, actions]);
}
