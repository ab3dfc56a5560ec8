'use client';
import { type AnamnesisTopic, anamnesisTopics } from '@medcall/shared-types';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Tooltip } from '#components/ui/tooltip.ts';
import { cn } from '#lib/utils.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import type { Question } from '#types/consultation.ts';

const text = doctorCallMessages.questions;

/** A question with what it rests on: the utterance that brought it and the guideline's passage. */
export function QuestionCard({
  question,
  actions,
  onLight,
  onShow,
}: {
  question: Question;
  actions?: ReactNode;
  /** Told of the utterance while the card has the pointer or the focus, and null afterwards. */
  onLight?: (utteranceId: string | null) => void;
  /** Brings the utterance into sight, where there is a transcript to look at. */
  onShow?: (utteranceId: string) => void;
}) {
  const { text: quotation, transcriptionId } = question.triggeredBy;
  const light = () => onLight?.(transcriptionId);
  const dim = () => onLight?.(null);
  const label = topicText(question.topic);
  return (
    <article
      data-testid="suggestion"
      onPointerEnter={light}
      onPointerLeave={dim}
      onFocus={light}
      onBlur={dim}
      className={cn(
        'rounded-lg border bg-paper p-4',
        question.redFlag ? 'border-l-4 border-danger' : 'border-line',
      )}
    >
      <p
        className={cn(
          'flex items-center gap-1.5 text-sm font-semibold',
          question.redFlag ? 'text-danger' : 'text-ink-soft',
        )}
      >
        {question.redFlag ? (
          <>
            <TriangleAlert className="size-4" aria-hidden="true" />
            {text.redFlag}
            {label && question.topic !== 'sinais_alarme' ? ` · ${label}` : ''}
          </>
        ) : (
          label
        )}
      </p>
      <h3 className="mt-1 text-lg leading-snug font-semibold text-pretty">{question.question}</h3>
      {quotation && onShow && transcriptionId ? (
        <button
          type="button"
          data-printed
          title={doctorCallMessages.coverage.show}
          className="mt-2 cursor-pointer rounded-sm text-left text-sm text-ink-soft hover:text-accent"
          onClick={() => onShow(transcriptionId)}
        >
          “{quotation}”
        </button>
      ) : null}
      {quotation && !(onShow && transcriptionId) ? (
        <p className="mt-2 text-sm text-ink-soft">“{quotation}”</p>
      ) : null}
      {question.sources.map((source) => (
        <details key={`${source.documentId}-${source.section}`} className="mt-1 text-sm">
          <Tooltip text={source.excerpt}>
            <summary className="cursor-pointer rounded-sm text-accent hover:text-accent-hover">
              {text.guideline} · {source.title}
              {source.section ? `, ${source.section}` : ''} ({source.year})
            </summary>
          </Tooltip>
          <div className="mt-1 border-l-2 border-line pl-3 text-ink-soft">
            <p>{source.excerpt}</p>
            {question.rationale ? <p className="mt-1">{question.rationale}</p> : null}
            <a
              href={source.url}
              target="_blank"
              rel="noreferrer noopener"
              className="text-accent underline underline-offset-2"
            >
              {source.source}
            </a>
          </div>
        </details>
      ))}
      {actions ? <div className="mt-3 flex gap-2">{actions}</div> : null}
    </article>
  );
}

function topicText(topic: string): string {
  return topic in anamnesisTopics ? anamnesisTopics[topic as AnamnesisTopic] : topic;
}
