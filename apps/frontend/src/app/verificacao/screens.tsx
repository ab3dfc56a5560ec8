'use client';
import { signOut } from 'next-auth/react';
import { Enrolment } from '#components/second-factor/enrolment.tsx';
import { SecondStep } from '#components/second-factor/second-step.tsx';
import { showCode } from '#components/second-factor/show-code.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { secondFactorMessages } from '#messages/second-factor.ts';
import { sharedMessages } from '#messages/shared.ts';

const { code: text, failures, required } = secondFactorMessages;

interface Props {
  returnTo: string;
}

/** After the password: the code of the app, or a recovery code. */
export function SecondStepScreen({ returnTo }: Props) {
  return (
    <>
      <SecondStep
        onCode={async (code, kind) => {
          const refused = await showCode({ code, kind });
          if (refused === null) window.location.assign(returnTo);
          return refused;
        }}
      />
      <div className="mt-3">
        <LeaveButton />
      </div>
    </>
  );
}

/** The clinic asks for a second factor, and this person has none yet. */
export function EnrolmentScreen({ returnTo }: Props) {
  return (
    <>
      <h1 className="text-3xl font-bold">{required.title}</h1>
      <p className="mt-2 mb-6 text-ink-soft">{required.lead}</p>
      <Enrolment onDone={() => window.location.assign(returnTo)} />
      <div className="mt-6">
        <LeaveButton />
      </div>
    </>
  );
}

export function UnreachableScreen() {
  return (
    <Alert
      tone="warning"
      action={
        <Button size="sm" variant="secondary" onClick={() => window.location.reload()}>
          {sharedMessages.retry}
        </Button>
      }
    >
      {failures.unreachable}
    </Alert>
  );
}

function LeaveButton() {
  return (
    <Button variant="link" onClick={() => void signOut({ callbackUrl: '/login' })}>
      {text.other}
    </Button>
  );
}
