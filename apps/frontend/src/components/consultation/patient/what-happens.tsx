import { patientMessages } from '#messages/patient.ts';

const text = patientMessages.intro;

/** Who is greeted, and what will happen: three lines. */
export function WhatHappens({ name, lines }: { name: string; lines: readonly string[] }) {
  return (
    <>
      <p className="font-semibold">{text.greeting(name)}</p>
      <ol className="mt-3 flex flex-col gap-2">
        {lines.map((line, at) => (
          <li key={line} className="flex items-start gap-3">
            <span
              aria-hidden="true"
              className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-wash text-sm font-bold text-accent"
            >
              {at + 1}
            </span>
            <span>{line}</span>
          </li>
        ))}
      </ol>
      <p className="mt-3 text-sm text-ink-soft">{text.privacy}</p>
    </>
  );
}
