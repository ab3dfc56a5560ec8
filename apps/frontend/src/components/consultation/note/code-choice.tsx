'use client';
import type { CodeCandidate, CodedItem } from '@medcall/shared-types';
import { Plus, X } from 'lucide-react';
import { noteMessages as text } from '#messages/note.ts';

interface Props {
  title: string;
  chosen: readonly CodedItem[];
  candidates: readonly CodeCandidate[];
  readOnly: boolean;
  onChange: (codes: readonly CodedItem[]) => void;
  onLight: (utteranceIds: readonly string[]) => void;
}

const chip =
  'inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-full border px-3 text-left text-sm [&_svg]:size-3.5 [&_svg]:shrink-0';

/** Codes that may fit, from the conversation: the doctor chooses, nothing is chosen beforehand. */
export function CodeChoice({ title, chosen, candidates, readOnly, onChange, onLight }: Props) {
  const taken = new Set(chosen.map(({ code }) => code));
  const offered = readOnly ? [] : candidates.filter(({ code }) => !taken.has(code));
  if (chosen.length === 0 && offered.length === 0) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <h4 className="text-sm font-semibold">{title}</h4>
      <ul className="flex flex-wrap gap-1.5">
        {chosen.map((item) => (
          <li key={item.code}>
            {readOnly ? (
              <span className={`${chip} cursor-default border-line`}>
                <b>{item.code}</b> {item.label}
              </span>
            ) : (
              <button
                type="button"
                aria-label={text.unchoose(item.code)}
                className={`${chip} border-accent bg-accent-wash`}
                onClick={() => onChange(chosen.filter(({ code }) => code !== item.code))}
              >
                <b>{item.code}</b> {item.label}
                <X aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
        {offered.map(({ code, label, transcription_ids }) => (
          <li key={code}>
            <button
              type="button"
              aria-label={text.choose(code, label)}
              className={`${chip} border-dashed border-line-strong text-ink-soft hover:bg-ground`}
              onPointerEnter={() => onLight(transcription_ids)}
              onPointerLeave={() => onLight([])}
              onFocus={() => onLight(transcription_ids)}
              onBlur={() => onLight([])}
              onClick={() => onChange([...chosen, { code, label }])}
            >
              <Plus aria-hidden="true" />
              <b>{code}</b> {label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
