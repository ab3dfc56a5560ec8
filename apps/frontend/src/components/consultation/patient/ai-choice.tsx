'use client';
import { consentTexts } from '@medcall/shared-types';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { PlainDialog } from '#components/ui/plain-dialog.ts';
import { patientMessages } from '#messages/patient.ts';
import { sharedMessages } from '#messages/shared.ts';
import { GuardianFields } from '../guardian-fields.tsx';
import { type AiChoiceProps, useAiChoice } from './use-ai-choice.ts';

const text = patientMessages.call;

/** The patient may change his mind at any moment of the call. */
export function AiChoice(props: AiChoiceProps) {
  const { accepted, askAgain, busy, choose, guardian, notice, setGuardian, show, unread } =
    useAiChoice(props);
  return (
    <PlainDialog open={props.open} onOpenChange={show} title={text.choices}>
      <Checkbox
        checked={accepted ?? false}
        disabled={busy || accepted === undefined}
        onCheckedChange={(next) => void choose(next)}
        label={consentTexts.ai.title}
        description={consentTexts.ai.text}
      />
      {notice ? (
        <Alert tone={notice.tone} title={notice.title}>
          {notice.text}
        </Alert>
      ) : null}
      {unread !== null && notice === null ? (
        <>
          <Alert tone="danger" title={unread} />
          <Button variant="secondary" className="self-start" onClick={askAgain}>
            {sharedMessages.retry}
          </Button>
        </>
      ) : null}
      {guardian ? (
        <div className="flex flex-col gap-4">
          <GuardianFields value={guardian} onChange={setGuardian} asked />
          <Button busy={busy} onClick={() => void choose(true)}>
            {text.guardianAllows}
          </Button>
        </div>
      ) : null}
    </PlainDialog>
  );
}
