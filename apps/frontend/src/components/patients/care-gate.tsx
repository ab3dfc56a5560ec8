'use client';
import { type FormEvent, useState } from 'react';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { patientsMessages as text } from '#messages/patients.ts';

const shortestReason = 3;

interface Props {
  patientId: string;
  isDoctor: boolean;
  onOpened: () => void;
}

/** A chart opens for whoever cares for the patient; for another doctor only with a reason that stays. */
export function CareGate({ patientId, isDoctor, onOpened }: Props) {
  const gateway = useGateway();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const { attempt, busy, trouble } = useAttempt();
  if (!isDoctor) return <Alert>{text.adminText}</Alert>;

  async function open(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (reason.trim().length < shortestReason) return setMissing(true);
    await attempt(async () => {
      await gateway.careFor(patientId, reason.trim());
      onOpened();
    });
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.gateTitle}</CardTitle>
      </CardHeader>
      <CardContent>
        <p className="mb-4 text-ink-soft">{text.gateText}</p>
        <form className="flex flex-col gap-4" onSubmit={(event) => void open(event)}>
          <Field
            label={text.gateReason}
            hint={text.gateHint}
            error={missing ? text.gateMissing : undefined}
          >
            <Input
              maxLength={500}
              value={reason}
              onChange={(event) => {
                setReason(event.target.value);
                setMissing(false);
              }}
            />
          </Field>
          {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
          <Button type="submit" className="self-start" busy={busy}>
            {text.gateOpen}
          </Button>
        </form>
      </CardContent>
    </Card>
  );
}
