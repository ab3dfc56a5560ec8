'use client';
import type { MemberFactor } from '@medcall/shared-types';
import { useState } from 'react';
import useSWR, { useSWRConfig } from 'swr';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { Remote } from '#components/shared/remote.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { useToast } from '#components/ui/toast.ts';
import { formatDate } from '#lib/utils.ts';
import { secondFactorMessages } from '#messages/second-factor.ts';

const text = secondFactorMessages.admin;

/** Whether the clinic asks for a second factor, who has one, and help for a lost device. */
export function SecondFactorRuleCard() {
  const gateway = useGateway();
  const toast = useToast();
  const { act, busy } = useAct();
  const [resetting, setResetting] = useState<MemberFactor | null>(null);
  const { data, error, mutate } = useSWR('clinic-second-factor', () => gateway.secondFactorRule(), {
    revalidateOnFocus: false,
  });
  const { mutate: mutateAll } = useSWRConfig();
  const save = (required: boolean) =>
    act(
      async () => {
        await mutate(gateway.requireSecondFactor(required), { revalidate: false });
        // Whether one's own session ends for want of one.
        void mutateAll('me');
      },
      { done: { title: text.saved }, failed: text.saveFailed },
    );
  return (
    <Card data-testid="second-factor-rule">
      <CardHeader>
        <CardTitle>{secondFactorMessages.name}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <p className="text-ink-soft">{text.lead}</p>
        <Remote data={data} error={error} failed={text.failed} onRetry={() => void mutate()}>
          {({ people, required_since }) => (
            <>
              <Checkbox
                label={text.switch}
                description={
                  required_since === null ? text.switchText : text.since(formatDate(required_since))
                }
                checked={required_since !== null}
                disabled={busy}
                onCheckedChange={(required) => void save(required)}
              />
              <section>
                <h3 className="font-semibold">{text.people}</h3>
                <ul className="divide-y divide-line">
                  {people.map((person) => (
                    <PersonRow key={person.member_id} person={person} onReset={setResetting} />
                  ))}
                </ul>
              </section>
            </>
          )}
        </Remote>
      </CardContent>
      <ConfirmDialog
        open={resetting !== null}
        onClose={() => setResetting(null)}
        title={text.resetTitle(resetting?.name ?? '')}
        description={text.resetText}
        action={text.reset}
        danger
        onConfirm={async () => {
          if (!resetting) return;
          await mutate(gateway.resetSecondFactor(resetting.member_id), { revalidate: false });
          toast({ title: text.resetDone(resetting.name), tone: 'ok' });
        }}
      />
    </Card>
  );
}

function PersonRow({
  person,
  onReset,
}: {
  person: MemberFactor;
  onReset: (person: MemberFactor) => void;
}) {
  return (
    <li className="flex flex-wrap items-center gap-3 py-2">
      <span className="min-w-40 flex-1">{person.name}</span>
      <Badge tone={person.enrolled ? 'ok' : 'neutral'}>
        {person.enrolled ? text.enrolled : text.missing}
      </Badge>
      {person.enrolled ? (
        <Button
          size="sm"
          variant="quiet"
          aria-label={text.resetOf(person.name)}
          onClick={() => onReset(person)}
        >
          {text.reset}
        </Button>
      ) : null}
    </li>
  );
}
