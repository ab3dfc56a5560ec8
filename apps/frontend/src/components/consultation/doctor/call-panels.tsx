'use client';
import type { CoverageItem } from '@medcall/shared-types';
import { cn } from '#lib/utils.ts';
import { doctorCallMessages as text } from '#messages/doctor-call.ts';
import type { Speaker } from '#types/consultation.ts';
import { CoveragePanel } from '../coverage-panel.tsx';
import { LeftMessages } from '../left-messages.tsx';
import { PrivateNotes } from '../private-notes/private-notes.tsx';
import { QuestionsPanel } from '../questions-panel.tsx';
import { TranscriptPanel } from '../transcript-panel.tsx';
import { PanelHeading } from './panel-heading.tsx';
import { PatientPanel } from './patient-panel.tsx';
import type { CallTab } from './tab-bar.tsx';
import { TranscriptionLine } from './transcription-line.tsx';
import type { DoctorCallModel } from './use-doctor-call.ts';
import type { Panels } from './use-panels.ts';

const sheet = 'rounded-lg border border-line bg-paper';

/** Whether nothing is left of the column at the side on a wide screen. */
export function sideIsHidden(panels: Panels, withAi: boolean): boolean {
  // Without AI the line that says so goes with the patient's panel.
  return (
    panels.isHidden('patient') &&
    panels.isHidden('notes') &&
    (!withAi || panels.isHidden('questions'))
  );
}

/** Under the picture, on wide screens. */
export function CoverageSection({
  items,
  panels,
}: {
  items: readonly CoverageItem[];
  panels?: Panels;
}) {
  const covered = items.filter(({ status }) => status === 'covered').length;
  return (
    // Of one height from the start: a topic more must not push the picture.
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      aria-label={text.coverage.title}
      className={cn(
        sheet,
        'hidden h-40 shrink-0 overflow-y-auto px-4 py-3',
        !panels?.isHidden('coverage') && 'lg:block',
      )}
    >
      <PanelHeading panel="coverage" panels={panels} className="mb-1.5">
        {text.coverage.title}
        {items.length > 0 ? (
          <span className="text-sm font-normal text-ink-soft">
            {text.coverage.summary(covered, items.length)}
          </span>
        ) : null}
      </PanelHeading>
      <CoveragePanel items={items} />
    </section>
  );
}

/** What is being said, and one line about whether it is written. */
export function TranscriptSection({
  call,
  tab,
  panels,
}: {
  panels?: Panels;
  call: Pick<DoctorCallModel, 'state' | 'consultation' | 'transcribing' | 'startTranscription'> & {
    /** The utterance behind the question that one looks at. */
    lit?: string | null;
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
        withAi && !panels?.isHidden('transcript') ? 'lg:flex' : 'lg:hidden',
      )}
    >
      <PanelHeading panel="transcript" panels={panels} className="hidden px-4 pt-3 lg:flex">
        {text.transcript.title}
      </PanelHeading>
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
          lit={call.lit ?? null}
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
  panels,
}: {
  panels?: Panels;
  call: Pick<DoctorCallModel, 'state' | 'consultation' | 'settle'> & {
    setLit?: (utteranceId: string | null) => void;
  };
  tab: CallTab;
}) {
  const { state, consultation } = call;
  const withAi = consultation.ai_enabled;
  return (
    <div
      className={cn(
        'min-h-0 flex-col gap-3 overflow-y-auto',
        panels && sideIsHidden(panels, withAi) ? 'lg:hidden' : 'lg:flex',
        tab === 'transcript' ? 'hidden' : 'flex',
      )}
    >
      {withAi ? (
        <section
          aria-label={text.questions.title}
          className={cn(
            // One question with its buttons fits, whatever else is open; then the column scrolls.
            'min-h-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-ground lg:min-h-76',
            tab === 'questions' ? 'flex' : 'hidden',
            panels?.isHidden('questions') ? 'lg:hidden' : 'lg:flex',
          )}
        >
          <PanelHeading
            panel="questions"
            panels={panels}
            className="hidden bg-paper px-4 py-3 lg:flex"
          >
            {text.questions.title}
          </PanelHeading>
          <QuestionsPanel
            board={state.questions}
            onSettle={call.settle}
            {...(call.setLit ? { onLight: call.setLit } : {})}
          />
        </section>
      ) : (
        <p className={cn(sheet, 'px-4 py-3 text-ink-soft')}>{text.transcript.aiDisabled}</p>
      )}
      <section
        aria-label={text.patientPanel.title}
        className={cn(
          sheet,
          'px-4 py-3',
          tab === 'patient' ? 'block' : 'hidden',
          panels?.isHidden('patient') ? 'lg:hidden' : 'lg:block',
        )}
      >
        <PanelHeading panel="patient" panels={panels} className="mb-1.5">
          {text.patientPanel.title}
        </PanelHeading>
        <PatientPanel patientId={consultation.patient_id} />
        <div className="mt-2 empty:hidden">
          <LeftMessages consultationId={consultation.id} />
        </div>
        {withAi ? (
          <div className="mt-4 lg:hidden">
            <h3 className="mb-1.5 font-bold">{text.coverage.title}</h3>
            <CoveragePanel items={state.coverage} />
          </div>
        ) : null}
      </section>
      <section
        aria-label={text.panels.names.notes}
        className={cn(
          sheet,
          'px-4 py-3',
          tab === 'patient' ? 'block' : 'hidden',
          panels?.isHidden('notes') ? 'lg:hidden' : 'lg:block',
        )}
      >
        <PanelHeading panel="notes" panels={panels} className="mb-1.5">
          {text.panels.names.notes}
        </PanelHeading>
        <PrivateNotes consultationId={consultation.id} rows={3} />
      </section>
    </div>
  );
}
