'use client';
import { useStore } from 'zustand';
import type { ConsultationStore } from '#store/consultationStore.ts';
import { speakerName } from '../speaker-name.ts';

/** The last two utterances over the picture. */
export function Captions({ store, doctor }: { store: ConsultationStore; doctor: string }) {
  const lines = useStore(store, (state) => state.lines);
  const last = lines.slice(-2);
  if (last.length === 0) return null;
  return (
    <div
      data-testid="captions"
      className="mx-auto w-full max-w-2xl rounded-md bg-stage/85 px-4 py-2"
    >
      {last.map((line) => (
        <p key={line.id} className="text-lg leading-snug">
          <span className="text-stage-soft">
            {line.speaker === 'MEDICO' ? doctor : speakerName(line.speaker, 'PACIENTE')}:{' '}
          </span>
          {line.text}
        </p>
      ))}
    </div>
  );
}
