'use client';
import { Button } from '#components/ui/button.ts';
import { engineName } from '#lib/engine-names.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import type { TranscriptionState } from '#store/consultationStore.ts';

const text = doctorCallMessages.transcript;

interface Props {
  state: TranscriptionState;
  aiEnabled: boolean;
  lagSeconds: number;
  onStart: () => void;
}

/** One calm line: whether it writes, and if not, why. */
export function TranscriptionLine({ state, aiEnabled, lagSeconds, onStart }: Props) {
  const mayAsk =
    state.kind === 'not-allowed' ||
    (state.kind === 'stopped' && state.reason === 'consent_withdrawn');
  return (
    <p
      role="status"
      data-testid="transcription-state"
      data-state={state.kind}
      className="flex flex-wrap items-center gap-x-2 border-b border-line px-4 py-2 text-sm text-ink-soft"
    >
      {state.kind === 'on' ? (
        <span aria-hidden="true" className="size-2 rounded-full bg-accent" />
      ) : null}
      <span>{words(state, aiEnabled, lagSeconds)}</span>
      {mayAsk && aiEnabled ? (
        <Button variant="link" size="sm" onClick={onStart}>
          {text.askAgain}
        </Button>
      ) : null}
    </p>
  );
}

function words(state: TranscriptionState, aiEnabled: boolean, lagSeconds: number): string {
  if (!aiEnabled) return text.aiDisabled;
  switch (state.kind) {
    case 'on':
      if (lagSeconds >= 3) return text.lag(Math.round(lagSeconds));
      return state.engine ? `${text.on} · ${text.engine(engineName(state.engine))}` : text.on;
    case 'off':
      return text.waiting;
    case 'not-allowed':
      return text.notAllowed;
    case 'stopped':
      switch (state.reason) {
        case 'doctor':
          return text.paused;
        case 'consent_withdrawn':
          return text.withdrawn;
        case 'ai_disabled':
          return text.aiDisabled;
        case 'ended':
          return text.off;
      }
  }
}
