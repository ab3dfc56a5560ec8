'use client';
import { type FormEvent, useState } from 'react';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent } from '#components/ui/card.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { formatBrl } from '#lib/utils.ts';
import { costMessages as text } from '#messages/admin/costs.ts';
import { capState, readCap } from './cap.ts';

/** How much of the month's ceiling is used, and the ceiling itself. */
export function CapCard() {
  const gateway = useGateway();
  const [editing, setEditing] = useState(false);
  const clinic = useSWR('clinic', () => gateway.clinic(), { revalidateOnFocus: false });
  const month = useSWR(['costs', 'month', '', ''], () => gateway.costs({ period: 'month' }), {
    revalidateOnFocus: false,
  });
  const both = clinic.data && month.data ? { clinic: clinic.data, month: month.data } : undefined;
  return (
    <Card>
      <CardContent className="pt-4">
        <p className="text-ink-soft">{text.cap}</p>
        <Remote
          data={both}
          error={clinic.error ?? month.error}
          failed={text.failed}
          onRetry={() => {
            void clinic.mutate();
            void month.mutate();
          }}
        >
          {(known) => (
            <Ceiling
              capBrl={known.clinic.ai_cap_brl_month}
              spentBrl={Number(known.month.totalBrl)}
            />
          )}
        </Remote>
        {clinic.data ? (
          <>
            <Button variant="link" size="sm" className="mt-2" onClick={() => setEditing(true)}>
              {text.capEdit}
            </Button>
            <Dialog open={editing} onOpenChange={setEditing} title={text.capEdit}>
              <CapForm
                now={clinic.data.ai_cap_brl_month}
                onSave={async (cap) => {
                  await clinic.mutate(gateway.updateClinic({ ai_cap_brl_month: cap }), {
                    revalidate: false,
                  });
                  setEditing(false);
                }}
              />
            </Dialog>
          </>
        ) : null}
      </CardContent>
    </Card>
  );
}

function Ceiling({ capBrl, spentBrl }: { capBrl: string | null; spentBrl: number }) {
  if (capBrl === null) return <p className="mt-1">{text.capNone}</p>;
  const { share, state } = capState(spentBrl, Number(capBrl));
  const bar = { ok: 'bg-accent', near: 'bg-warning', reached: 'bg-danger' }[state];
  return (
    <>
      <p className="text-lg font-semibold">
        {text.capUsed(formatBrl(spentBrl), formatBrl(Number(capBrl)))}
      </p>
      <div aria-hidden="true" className="my-2 h-2 overflow-hidden rounded-full bg-line/70">
        <div className={`h-full ${bar}`} style={{ width: `${share * 100}%` }} />
      </div>
      {state === 'reached' ? <p className="text-sm text-danger">{text.capReached}</p> : null}
      {state === 'near' ? <p className="text-sm text-warning">{text.capNear}</p> : null}
    </>
  );
}

function CapForm({
  now,
  onSave,
}: {
  now: string | null;
  onSave: (cap: string | null) => Promise<void>;
}) {
  const toast = useToast();
  const [typed, setTyped] = useState(now === null ? '' : now.replace('.', ','));
  const { attempt, busy, setTrouble, trouble } = useAttempt();

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const cap = readCap(typed);
    if (cap === undefined) return setTrouble(text.capInvalid);
    await attempt(async () => {
      await onSave(cap);
      toast({ title: text.capSaved, tone: 'ok' });
    });
  }

  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
      <Field label={text.capField} hint={text.capHint} error={trouble ?? undefined}>
        <Input
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setTrouble(null);
          }}
        />
      </Field>
      <Button type="submit" busy={busy}>
        {text.capSave}
      </Button>
    </form>
  );
}
