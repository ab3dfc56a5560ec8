'use client';
import type { Patient } from '@medcall/shared-types';
import Link from 'next/link';
import { useState } from 'react';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { useToast } from '#components/ui/toast.ts';
import { formatDate } from '#lib/utils.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';

const text = patientListsMessages.joined;

interface Props {
  patient: Patient;
  onChanged: () => void;
}

/** Above the chart of a card that was joined to another: where the person's card is. */
export function JoinedNotice({ patient, onChanged }: Props) {
  if (!patient.merged_into) return null;
  return (
    <Alert tone="warning" className="mb-5">
      <div className="flex flex-wrap items-center gap-3">
        <span>{text.notice}</span>
        <Button asChild size="sm">
          <Link prefetch={false} href={`/pacientes/${patient.merged_into}`}>
            {text.open}
          </Link>
        </Button>
        <Part id={patient.id} name={patient.name} onParted={onChanged} />
      </div>
    </Alert>
  );
}

/** Other cards of the person, each of which can be parted again. */
export function JoinedCards({ patient, onChanged }: Props) {
  const merged = patient.merged ?? [];
  if (merged.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.title}</CardTitle>
      </CardHeader>
      <CardContent>
        <p className="mb-2 text-sm text-ink-soft">{text.lead}</p>
        <ul className="flex flex-col gap-1">
          {merged.map(({ id, merged_at, name }) => (
            <li
              key={id}
              data-testid="joined-card"
              className="flex items-center justify-between gap-2"
            >
              <span>
                {name} <span className="text-ink-soft">({text.since(formatDate(merged_at))})</span>
              </span>
              <Part id={id} name={name} onParted={onChanged} />
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}

function Part({ id, name, onParted }: { id: string; name: string; onParted: () => void }) {
  const gateway = useGateway();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        variant="secondary"
        size="sm"
        aria-label={text.partOf(name)}
        onClick={() => setAsking(true)}
      >
        {text.part}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.partTitle}
        description={text.partText}
        action={text.part}
        onConfirm={async () => {
          await gateway.partPatient(id);
          toast({ title: text.parted, description: text.partedText, tone: 'ok' });
          onParted();
        }}
      />
    </>
  );
}
