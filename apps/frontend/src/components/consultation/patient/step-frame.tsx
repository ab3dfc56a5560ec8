import type { ReactNode } from 'react';
import { PublicHeader } from '#components/shared/public-header.tsx';
import { patientMessages } from '#messages/patient.ts';

interface Props {
  /** From 1. */
  step: number;
  total: number;
  title: string;
  lead?: string;
  children: ReactNode;
  /** The one thing to press, at thumb height. */
  footer: ReactNode;
}

/** One step of the patient's path, made for a telephone. */
export function StepFrame({ step, total, title, lead, children, footer }: Props) {
  return (
    <main className="mx-auto flex w-full max-w-lg flex-1 flex-col px-5 py-6">
      <PublicHeader>
        <p className="text-sm text-ink-soft">{patientMessages.stepOf(step, total)}</p>
      </PublicHeader>
      <div className="flex-1 py-8">
        <h1 tabIndex={-1} className="text-3xl font-bold outline-none">
          {title}
        </h1>
        {lead ? <p className="mt-2 text-lg text-ink-soft">{lead}</p> : null}
        <div className="mt-6">{children}</div>
      </div>
      <div className="sticky bottom-0 -mx-5 flex flex-col gap-2 bg-ground px-5 pt-3 pb-5">
        {footer}
      </div>
    </main>
  );
}
