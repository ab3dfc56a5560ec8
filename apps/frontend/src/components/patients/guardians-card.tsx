'use client';
import type { Patient } from '@medcall/shared-types';
import { Plus, X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';
import { GuardianForm } from './guardian-form.tsx';

const text = patientListsMessages.guardians;
type Guardian = NonNullable<Patient['guardians']>[number];

interface Props {
  patient: Patient;
  onChanged: () => void;
}

/** Who answers for this patient. */
export function GuardiansCard({ patient, onChanged }: Props) {
  const gateway = useGateway();
  const { act } = useAct();
  const [adding, setAdding] = useState(false);
  const guardians = patient.guardians ?? [];

  async function putBack({ id, name, relation }: Guardian): Promise<void> {
    const done = await act(() => gateway.putGuardian(patient.id, id, relation), {
      done: { title: text.added(name) },
      failed: text.failed,
    });
    if (done) onChanged();
  }

  async function remove(guardian: Guardian): Promise<void> {
    const done = await act(() => gateway.endGuardian(patient.id, guardian.id), {
      done: {
        title: text.removed(guardian.name),
        action: { label: text.undo, onPress: () => void putBack(guardian) },
      },
      failed: text.failed,
    });
    if (done) onChanged();
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.title}</CardTitle>
        <Button variant="quiet" size="sm" aria-label={text.add} onClick={() => setAdding(true)}>
          <Plus aria-hidden="true" />
        </Button>
      </CardHeader>
      <CardContent>
        {guardians.length === 0 ? <p className="text-ink-soft">{text.empty}</p> : null}
        <ul className="flex flex-col gap-1">
          {guardians.map((guardian) => (
            <li
              key={guardian.id}
              data-testid="guardian"
              className="flex items-center justify-between gap-2"
            >
              <span>
                <Link
                  prefetch={false}
                  href={`/pacientes/${guardian.id}`}
                  className="font-semibold underline decoration-line-strong/50 underline-offset-4 hover:decoration-ink"
                >
                  {guardian.name}
                </Link>
                {guardian.relation ? (
                  <span className="text-ink-soft"> ({guardian.relation})</span>
                ) : null}
              </span>
              <button
                type="button"
                aria-label={text.remove(guardian.name)}
                onClick={() => void remove(guardian)}
                className="grid size-9 shrink-0 cursor-pointer place-items-center rounded-md text-ink-soft hover:bg-ground hover:text-ink"
              >
                <X className="size-4" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      </CardContent>
      <Dialog open={adding} onOpenChange={setAdding} title={text.add} description={text.addText}>
        <GuardianForm
          patientId={patient.id}
          onDone={() => {
            setAdding(false);
            onChanged();
          }}
        />
      </Dialog>
    </Card>
  );
}
