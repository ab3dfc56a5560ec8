'use client';
import { ArrowLeftRight } from 'lucide-react';
import { inPersonMessages as text } from '#messages/in-person.ts';
import type { Speaker } from '#types/consultation.ts';
import { speakerName } from './speaker-name.ts';

interface Props {
  speaker: Speaker;
  me: Speaker;
  onSpeaker: (speaker: Speaker) => void;
}

const chip =
  'inline-flex min-h-7 cursor-pointer items-center gap-1 rounded-full border border-line px-2.5 font-semibold text-ink hover:bg-ground [&_svg]:size-3.5 [&_svg]:text-ink-soft';

/** Who spoke, one tap from right: the other person, or either of them where nobody could tell. */
export function SpeakerChips({ speaker, me, onSpeaker }: Props) {
  if (speaker === 'UNKNOWN') {
    return (
      <span className="inline-flex flex-wrap gap-1">
        {(['MEDICO', 'PACIENTE'] as const).map((one) => (
          <button key={one} type="button" className={chip} onClick={() => onSpeaker(one)}>
            {text.itIs[one]}
          </button>
        ))}
      </span>
    );
  }
  const other = speaker === 'MEDICO' ? 'PACIENTE' : 'MEDICO';
  return (
    <button
      type="button"
      className={chip}
      title={text.change[other]}
      aria-label={`${speakerName(speaker, me)}. ${text.change[other]}`}
      onClick={() => onSpeaker(other)}
    >
      {speakerName(speaker, me)}
      <ArrowLeftRight aria-hidden="true" />
    </button>
  );
}
