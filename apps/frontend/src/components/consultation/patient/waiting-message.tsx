'use client';
import { longestWaitingMessage, mostWaitingMessages } from '@medcall/shared-types';
import { type FormEvent, useState } from 'react';
import { useAnswer } from '#components/shared/use-answer.ts';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { Button } from '#components/ui/button.ts';
import { Field } from '#components/ui/field.ts';
import { Textarea } from '#components/ui/input.ts';
import type { WaitingCalls } from '#lib/api/calls/waiting-calls.ts';
import { formatTime } from '#lib/utils.ts';
import { patientMessages } from '#messages/patient.ts';

const text = patientMessages.waiting.message;
const retryMs = 10_000;

interface Props {
  gateway: WaitingCalls;
  consultationId: string;
  doctor: string;
}

/** A word for the doctor, who reads it before opening the door. What is left stays after a reload. */
export function WaitingMessage({ gateway, consultationId, doctor }: Props) {
  const [answer, setAnswer] = useAnswer(() => gateway.waitingMessages(consultationId), {
    everyMs: retryMs,
    repeat: false,
  });
  const [words, setWords] = useState('');
  const { attempt, busy, trouble } = useAttempt();
  const left = answer?.items ?? [];

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    // What was typed stays for another try.
    await attempt(async () => {
      const message = await gateway.leaveWaitingMessage(consultationId, words.trim());
      setWords('');
      setAnswer({ items: [...left, message], nextCursor: null });
    });
  }

  return (
    <div className="flex flex-col gap-3">
      <ul aria-live="polite" className="flex flex-col gap-1 empty:hidden">
        {left.map((message) => (
          <li key={message.id} data-testid="left-message" className="text-ink-soft">
            {text.left(formatTime(message.created_at))} “{message.text}”
          </li>
        ))}
      </ul>
      {left.length < mostWaitingMessages ? (
        <form className="flex flex-col gap-2" onSubmit={(event) => void send(event)}>
          <Field
            label={text.label(doctor)}
            hint={text.hint}
            {...(trouble === null ? {} : { error: trouble })}
          >
            <Textarea
              rows={2}
              readOnly={busy}
              maxLength={longestWaitingMessage}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </Field>
          <Button
            type="submit"
            variant="secondary"
            className="self-start"
            busy={busy}
            disabled={words.trim() === ''}
          >
            {text.send}
          </Button>
        </form>
      ) : null}
    </div>
  );
}
