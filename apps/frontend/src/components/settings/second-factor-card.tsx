'use client';
import { useState } from 'react';
import useSWR, { useSWRConfig } from 'swr';
import { Enrolment } from '#components/second-factor/enrolment.tsx';
import { RecoveryCodes } from '#components/second-factor/recovery-codes.tsx';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { Remote } from '#components/shared/remote.tsx';
import { Alert } from '#components/ui/alert.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { useToast } from '#components/ui/toast.ts';
import type { FactorFailure } from '#lib/auth/raise.ts';
import type { OwnFactor, OwnFactors } from '#lib/auth/second-factor.ts';
import { formatDate } from '#lib/utils.ts';
import { secondFactorMessages } from '#messages/second-factor.ts';
import { useAuthStore } from '#store/authStore.ts';
import {
  makeRecoveryCodesAction,
  ownFactorsAction,
  removeFactorAction,
} from '../../app/verificacao/actions.ts';

const text = secondFactorMessages.card;
const { failures, recovery } = secondFactorMessages;
const fewCodes = 3;

/** The second factor of one's own account: apps, recovery codes. */
export function SecondFactorCard() {
  const toast = useToast();
  const getAccessToken = useAuthStore((state) => state.getAccessToken);
  const { data, error, mutate } = useSWR(
    'second-factor',
    async () => {
      await getAccessToken();
      const own = await ownFactorsAction();
      if (own === null) throw new Error('second factors were not read');
      return own;
    },
    { revalidateOnFocus: false },
  );
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { mutate: mutateAll } = useSWRConfig();
  const refresh = () => {
    void mutate();
    // Whether the session will still need one.
    void mutateAll('me');
  };
  const makeCodes = async () => {
    await getAccessToken();
    const made = await makeRecoveryCodesAction();
    if (Array.isArray(made)) setCodes(made);
    else toast({ title: recovery.failed, tone: 'danger' });
    refresh();
  };

  return (
    <Card data-testid="second-factor">
      <CardHeader>
        <CardTitle>{secondFactorMessages.name}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <p className="text-ink-soft">{text.lead}</p>
        <Remote data={data} error={error} failed={text.failed} onRetry={refresh}>
          {(own) =>
            codes ? (
              <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />
            ) : (
              <Factors own={own} onChanged={refresh} onMakeCodes={makeCodes} />
            )
          }
        </Remote>
      </CardContent>
    </Card>
  );
}

interface FactorsProps {
  own: OwnFactors;
  onChanged: () => void;
  onMakeCodes: () => Promise<void>;
}

function Factors({ own: { factors, recovery: set }, onChanged, onMakeCodes }: FactorsProps) {
  const toast = useToast();
  const getAccessToken = useAuthStore((state) => state.getAccessToken);
  const [leaving, setLeaving] = useState<OwnFactor | null>(null);
  const isOn = factors.length > 0;

  async function remove({ id }: OwnFactor): Promise<void> {
    await getAccessToken();
    const answer = await removeFactorAction(id);
    if (answer === 'ok') toast({ title: text.removed, tone: 'ok' });
    else toast({ title: sentenceOf(answer), tone: 'danger' });
    await getAccessToken({ renew: true });
    onChanged();
  }

  return (
    <>
      <p>
        <Badge tone={isOn ? 'ok' : 'neutral'}>{isOn ? text.on : text.off}</Badge>
      </p>
      {isOn ? (
        <ul className="divide-y divide-line">
          {factors.map((factor) => (
            <li key={factor.id} className="flex flex-wrap items-center gap-3 py-2">
              <div className="min-w-40 flex-1">
                <p className="font-semibold">{factor.name}</p>
                <p className="text-sm text-ink-soft">{text.since(formatDate(factor.since))}</p>
              </div>
              <Button
                size="sm"
                variant="secondary"
                aria-label={text.removeOf(factor.name)}
                onClick={() => setLeaving(factor)}
              >
                {text.remove}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <Enrolment
        begin={isOn ? text.another : text.activate}
        keepsCodes={set === null || set.remaining > 0}
        onVerified={onChanged}
        onDone={() => {
          toast({
            title: secondFactorMessages.enrol.done,
            description: secondFactorMessages.enrol.doneText,
            tone: 'ok',
          });
          onChanged();
        }}
      />
      {isOn && set ? <RecoverySet set={set} onMake={onMakeCodes} /> : null}
      <ConfirmDialog
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        title={text.removeTitle}
        description={text.removeText}
        action={text.remove}
        danger
        onConfirm={async () => {
          if (leaving) await remove(leaving);
        }}
      />
    </>
  );
}

function RecoverySet({
  set: { remaining, total },
  onMake,
}: {
  set: { total: number; remaining: number };
  onMake: () => Promise<void>;
}) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const exists = total > 0;
  return (
    <section className="flex flex-col items-start gap-2 border-t border-line pt-4">
      <h3 className="font-semibold">{text.recoveryTitle}</h3>
      <p className="text-ink-soft">
        {exists ? text.recoveryLeft(remaining, total) : text.recoveryNone}
      </p>
      {exists && remaining <= fewCodes ? <Alert tone="warning">{text.few}</Alert> : null}
      <Button
        variant="secondary"
        busy={busy}
        onClick={() => {
          if (exists) setAsking(true);
          else {
            setBusy(true);
            void onMake().finally(() => setBusy(false));
          }
        }}
      >
        {exists ? text.recoveryAgain : text.recoveryMake}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.recoveryAgainTitle}
        description={text.recoveryAgainText}
        action={text.recoveryAgain}
        onConfirm={onMake}
      />
    </section>
  );
}

function sentenceOf(failure: FactorFailure): string {
  return failure === 'limited' ? failures.limited(null) : failures[failure];
}
