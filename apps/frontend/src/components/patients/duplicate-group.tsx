'use client';
import type { PatientCard, PatientDuplicate } from '@medcall/shared-types';
import { formatCpf } from '@medcall/utils/cpf';
import { formatPhone } from '@medcall/utils/format-phone';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { formatDate } from '#lib/utils.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';

const text = patientListsMessages.duplicates;

interface Props {
  group: PatientDuplicate;
  dismissed: boolean;
  onChanged: () => void;
}

/** Cards that look like one person's: joined to the one that is chosen, or said to be different people's. */
export function DuplicateGroup({ group: { reason, patients }, dismissed, onChanged }: Props) {
  const gateway = useGateway();
  const router = useRouter();
  const toast = useToast();
  const { act, busy } = useAct();
  const [keptId, setKeptId] = useState(() => usuallyKept(patients).id);
  const [asking, setAsking] = useState(false);
  const name = useId();
  const ids = patients.map(({ id }) => id);

  async function join(): Promise<void> {
    let joined = 0;
    try {
      for (const id of ids) {
        if (id === keptId) continue;
        await gateway.mergePatients(keptId, id);
        joined += 1;
      }
      toast({
        title: text.joined,
        description: text.joinedText,
        tone: 'ok',
        action: { label: text.joinedOpen, onPress: () => router.push(`/pacientes/${keptId}`) },
      });
    } catch (error) {
      // The group is another one then: its row goes, and the question that would say so with it.
      if (joined > 0) {
        toast({ title: text.joinedPartly, description: errorSentence(error), tone: 'danger' });
      }
      throw error;
    } finally {
      onChanged();
    }
  }

  async function tell(apart: boolean): Promise<void> {
    const undo = { label: text.undo, onPress: () => void tell(!apart) };
    const done = await act(
      () => (apart ? gateway.dismissDuplicate(ids) : gateway.reopenDuplicate(ids)),
      {
        done: { title: apart ? text.dismissed : text.reopened, action: undo },
        failed: text.failedDeed,
      },
    );
    if (done) onChanged();
  }

  return (
    <li data-testid="duplicate" className="px-5 py-4">
      <Badge tone="warning">{text.reason[reason]}</Badge>
      <fieldset className="mt-2">
        <legend className="sr-only">{text.choose}</legend>
        <ul className="grid gap-3 sm:grid-cols-2">
          {patients.map((patient) => (
            <li key={patient.id} className="rounded-md border border-line px-4 py-2">
              <Card patient={patient} />
              {dismissed ? null : (
                <label className="mt-1 flex min-h-9 cursor-pointer items-center gap-2 text-sm">
                  <input
                    type="radio"
                    name={name}
                    checked={keptId === patient.id}
                    onChange={() => setKeptId(patient.id)}
                    className="size-4 accent-accent"
                  />
                  {text.keep}
                </label>
              )}
            </li>
          ))}
        </ul>
      </fieldset>
      <div className="mt-3 flex flex-wrap gap-3">
        {dismissed ? (
          <Button variant="secondary" size="sm" busy={busy} onClick={() => void tell(false)}>
            {text.reopen}
          </Button>
        ) : (
          <>
            <Button size="sm" onClick={() => setAsking(true)}>
              {text.join}
            </Button>
            <Button variant="secondary" size="sm" busy={busy} onClick={() => void tell(true)}>
              {text.dismiss}
            </Button>
          </>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.joinTitle}
        description={text.joinText(patients.find(({ id }) => id === keptId)?.name ?? '')}
        action={text.join}
        onConfirm={join}
      />
    </li>
  );
}

/** What tells two cards of one name apart stands on them. */
function Card({ patient }: { patient: PatientCard }) {
  const { birth_date, cpf, created_at, email, id, name, phone } = patient;
  return (
    <Link
      prefetch={false}
      href={`/pacientes/${id}`}
      className="block underline-offset-4 hover:underline"
    >
      <span className="block font-semibold">{name}</span>
      <span className="block text-sm text-ink-soft [overflow-wrap:anywhere]">
        {[
          cpf && formatCpf(cpf),
          birth_date && formatDate(`${birth_date}T12:00:00Z`),
          phone && formatPhone(phone),
          email,
          text.since(formatDate(created_at)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </Link>
  );
}

/** The only CPF stays where it is; otherwise the oldest card has the most behind it. */
function usuallyKept(patients: PatientDuplicate['patients']): PatientCard {
  const [oldest] = patients;
  const kept = patients.find(({ cpf }) => cpf !== null) ?? oldest;
  if (!kept) throw new Error('a group has cards');
  return kept;
}
