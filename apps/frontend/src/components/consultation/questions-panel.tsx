'use client';
import { Button } from '#components/ui/button.ts';
import type { QuestionBoard } from '#lib/call/questions.ts';
import { engineName } from '#lib/engine-names.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import { QuestionCard } from './question-card.tsx';

const text = doctorCallMessages.questions;

interface Props {
  board: QuestionBoard;
  onSettle: (id: string, status: 'used' | 'dismissed') => void;
  /** The utterance behind the card under the pointer or with the focus; null when it is left. */
  onLight?: (utteranceId: string | null) => void;
}

/** At most three questions; none moves by itself. */
export function QuestionsPanel({ board, onSettle, onLight }: Props) {
  if (board.shown.length === 0) {
    return (
      <p className="px-4 py-3 text-ink-soft">
        {text.empty} {text.support}
      </p>
    );
  }
  const engine = board.shown[0]?.engine;
  return (
    <div className="flex flex-col gap-3 overflow-y-auto p-3" data-testid="questions">
      {board.shown.map((question, at) => (
        <QuestionCard
          key={question.id}
          question={question}
          {...(onLight ? { onLight } : {})}
          actions={
            <>
              <Button
                size="sm"
                variant="secondary"
                aria-label={text.labelOfUse(question.question)}
                aria-keyshortcuts={String(at + 1)}
                onClick={() => onSettle(question.id, 'used')}
              >
                <kbd className="hidden font-sans text-ink-soft lg:inline">{at + 1}</kbd>
                {text.use}
              </Button>
              <Button
                size="sm"
                variant="quiet"
                className="text-ink-soft"
                aria-label={text.labelOfDismiss(question.question)}
                aria-keyshortcuts={`Shift+${at + 1}`}
                onClick={() => onSettle(question.id, 'dismissed')}
              >
                {text.dismiss}
              </Button>
            </>
          }
        />
      ))}
      {board.shown.some((question) => question.fallback) && (
        <p className="px-1 text-sm font-semibold text-warning" role="status">
          {text.fallback}
        </p>
      )}
      <p className="px-1 text-sm text-ink-soft">
        {board.queue.length > 0 ? `${text.queue(board.queue.length)} · ` : ''}
        {engine ? text.engine(engineName(engine)) : ''}
      </p>
      <p className="px-1 text-sm text-ink-soft">{text.support}</p>
    </div>
  );
}
