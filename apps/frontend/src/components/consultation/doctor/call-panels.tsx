'use client';
import type { CoverageItem } from '@medcall/shared-types';
import { cn } from '#lib/utils.ts';
import { callMessages as text } from '#messages/call.ts';
import type { Speaker } from '#types/consultation.ts';
import { CoveragePanel } from '../coverage-panel.tsx';
import { QuestionsPanel } from '../questions-panel.tsx';
import { TranscriptPanel } from '../transcript-panel.tsx';
import { PatientPanel } from './patient-panel.tsx';
import type { CallTab } from './tab-bar.tsx';
import { TranscriptionLine } from './transcription-line.tsx';
import type { DoctorCallModel } from './use-doctor-call.ts';

const sheet = 'rounded-lg border border-line bg-paper';

/** Under the picture, on wide screens. */
export function CoverageSection({ items }: { items: readonly CoverageItem[] }) {
  const covered = items.filter(({ status }) => status === 'covered').length;
  return (
    // Of one height from the start: a topic more must not push the picture.
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      aria-label={text.coverage.title}
      className={cn(sheet, 'hidden h-40 shrink-0 overflow-y-auto px-4 py-3 lg:block')}
    >
      <h2 className="mb-1.5 flex items-baseline gap-2 font-bold">
        {text.coverage.title}
        {items.length > 0 ? (
          <span className="text-sm font-normal text-ink-soft">
            {text.coverage.summary(covered, items.length)}
          </span>
        ) : null}
      </h2>
      <CoveragePanel items={items} />
    </section>
  );
}

/** What is being said, and one line about whether it is written. */
export function TranscriptSection({
  call,
  tab,
}: {
  call: Pick<DoctorCallModel, 'state' | 'consultation' | 'transcribing' | 'startTranscription'> & {
    /** In person a label may be wrong: each row then takes a correction. */
    setSpeaker?: (utteranceId: string, speaker: Speaker) => void;
  };
  tab: CallTab;
}) {
  const { state, consultation, transcribing } = call;
  const withAi = consultation.ai_enabled;
  return (
    <section
      aria-label={text.transcript.title}
      className={cn(
        sheet,
        'min-h-0 flex-col overflow-hidden',
        tab === 'transcript' ? 'flex' : 'hidden',
        withAi ? 'lg:flex' : 'lg:hidden',
      )}
    >
      <h2 className="hidden px-4 pt-3 font-bold lg:block">{text.transcript.title}</h2>
      <TranscriptionLine
        state={state.transcription}
        aiEnabled={withAi}
        lagSeconds={state.lagSeconds}
        onStart={call.startTranscription}
      />
      {withAi ? (
        <TranscriptPanel
          lines={state.lines}
          me="MEDICO"
          empty={transcribing ? text.transcript.emptyOn : text.transcript.emptyOff}
          {...(call.setSpeaker ? { onSpeaker: call.setSpeaker } : {})}
        />
      ) : null}
    </section>
  );
}

/** Questions, and what one must not forget about the patient. */
export function SideColumn({
  call,
  tab,
}: {
  call: Pick<DoctorCallModel, 'state' | 'consultation' | 'settle'>;
  tab: CallTab;
}) {
  const { state, consultation } = call;
  const withAi = consultation.ai_enabled;
  return (
    <div
      className={cn(
        'min-h-0 flex-col gap-3 overflow-y-auto lg:flex',
        tab === 'transcript' ? 'hidden' : 'flex',
      )}
    >
      {withAi ? (
        <section
          aria-label={text.questions.title}
          className={cn(
            'min-h-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-ground lg:flex',
            tab === 'questions' ? 'flex' : 'hidden',
          )}
        >
          <h2 className="hidden bg-paper px-4 py-3 font-bold lg:block">{text.questions.title}</h2>
          <QuestionsPanel board={state.questions} onSettle={call.settle} />
        </section>
      ) : (
        <p className={cn(sheet, 'px-4 py-3 text-ink-soft')}>{text.transcript.aiDisabled}</p>
      )}
      <section className={cn(sheet, 'px-4 py-3 lg:block', tab === 'patient' ? 'block' : 'hidden')}>
        <h2 className="mb-1.5 font-bold">{text.patientPanel.title}</h2>
        <PatientPanel patientId={consultation.patient_id} />
        {withAi ? (
          <div className="mt-4 lg:hidden">
            <h3 className="mb-1.5 font-bold">{text.coverage.title}</h3>
            <CoveragePanel items={state.coverage} />
          </div>
        ) : null}
      </section>
    </div>
  );
}
