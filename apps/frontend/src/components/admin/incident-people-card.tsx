'use client';
import type {
  IncidentCandidates,
  IncidentCandidatesQuery,
  IncidentDetail,
} from '@medcall/shared-types';
import { useState } from 'react';
import useSWR from 'swr';
import { ChosenPatient } from '#components/patients/chosen-patient.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { usePaged } from '#components/shared/use-paged.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { Field } from '#components/ui/field.ts';
import { Input, Select } from '#components/ui/input.ts';
import { adminFrame } from '#messages/admin/frame.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';
import { instantOf, localOf } from './incident-times.tsx';

interface Props {
  incident: IncidentDetail;
  closed: boolean;
  onChanged: () => void;
}

/** Whose data were affected: found in the audit log, or chosen. */
export function IncidentPeopleCard({ incident, closed, onChanged }: Props) {
  const gateway = useGateway();
  const { act, busy } = useAct();
  const list = usePaged(['incident-people', incident.id], (cursor) =>
    gateway.incidentPeople(incident.id, { ...cursor, limit: 100 }),
  );
  const changed = () => {
    list.reload();
    onChanged();
  };
  const { adolescents, children, elderly, linked } = incident.people;
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <CardTitle>{text.people}</CardTitle>
        <p className="text-sm text-ink-soft" data-testid="incident-people-count">
          {text.peopleCount(linked, children, adolescents, elderly)}
        </p>
      </CardHeader>
      <CardContent>
        {closed ? null : <AuditSearch incident={incident} onLinked={changed} />}
        {list.items && list.items.length > 0 ? (
          <ul className="mt-4 divide-y divide-line border-t border-line">
            {list.items.map((person) => (
              <li
                key={person.patient_id}
                data-testid="incident-person"
                className="flex flex-wrap items-center justify-between gap-2 py-2"
              >
                <div>
                  <p className="font-semibold">{person.name}</p>
                  <p className="text-sm text-ink-soft">
                    {person.found_by === 'audit' ? text.byAudit : text.byHand}
                    {person.reachable ? '' : ` · ${text.unreachable}`}
                  </p>
                </div>
                {closed ? null : (
                  <Button
                    size="sm"
                    variant="quiet"
                    busy={busy}
                    aria-label={text.unlinkOne(person.name)}
                    onClick={() =>
                      void act(
                        async () => {
                          await gateway.unlinkIncidentPerson(incident.id, person.patient_id);
                          changed();
                        },
                        { failed: text.actFailed },
                      )
                    }
                  >
                    {text.unlink}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        ) : null}
        {list.more ? (
          <Button variant="secondary" className="mt-3" busy={list.loading} onClick={list.more}>
            {adminFrame.more}
          </Button>
        ) : null}
      </CardContent>
    </Card>
  );
}

function AuditSearch({ incident, onLinked }: { incident: IncidentDetail; onLinked: () => void }) {
  const gateway = useGateway();
  const { act, busy } = useAct();
  const [from, setFrom] = useState(localOf(incident.occurred_at ?? incident.detected_at));
  const [to, setTo] = useState(() => localOf(new Date(Date.now() + 60_000).toISOString()));
  const [account, setAccount] = useState('');
  const [found, setFound] = useState<{
    by: IncidentCandidatesQuery;
    them: IncidentCandidates;
  } | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [start, end] = [instantOf(from), instantOf(to)];
  // Who did anything in that time: people who have left the clinic too.
  const { data: accounts } = useSWR(start && end ? ['incident-accounts', start, end] : null, () =>
    gateway.audit({ from: start ?? '', to: end ?? '', limit: 1000 }),
  );
  const people = new Map(
    accounts?.items.flatMap(({ actor_name, user_id }) =>
      user_id && actor_name ? [[user_id, actor_name] as const] : [],
    ),
  );

  async function look(): Promise<void> {
    if (start === null || end === null) return;
    const by = { from: start, to: end, ...(account === '' ? {} : { user_id: account }) };
    await act(
      async () => setFound({ by, them: await gateway.incidentCandidates(incident.id, by) }),
      { failed: text.actFailed },
    );
  }

  async function link(body: Parameters<typeof gateway.linkIncidentPeople>[1]): Promise<void> {
    await act(
      async () => {
        await gateway.linkIncidentPeople(incident.id, body);
        setFound(null);
        setChoosing(false);
        onLinked();
      },
      { done: { title: text.saved }, failed: text.actFailed },
    );
  }

  return (
    <>
      <p className="mb-3 text-ink-soft">{text.peopleText}</p>
      <div className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1.3fr_auto]">
        <Field label={text.from}>
          <Input
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </Field>
        <Field label={text.to}>
          <Input type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
        </Field>
        <Field label={text.account}>
          <Select value={account} onChange={(event) => setAccount(event.target.value)}>
            <option value="">{text.anyAccount}</option>
            {[...people].map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button variant="secondary" busy={busy} onClick={() => void look()}>
            {text.look}
          </Button>
          <Button variant="quiet" onClick={() => setChoosing(true)}>
            {text.chooseByHand}
          </Button>
        </div>
      </div>
      {found ? (
        <div className="mt-3 flex flex-wrap items-center gap-3" role="status">
          <p>
            {text.found(found.them.total)}{' '}
            <span className="text-ink-soft">
              {found.them.items
                .slice(0, 5)
                .map(({ name }) => name)
                .join(', ')}
              {found.them.total > 5 ? '…' : ''}
            </span>
          </p>
          {found.them.total > 0 ? (
            <Button size="sm" busy={busy} onClick={() => void link({ filter: found.by })}>
              {text.linkAll}
            </Button>
          ) : null}
        </div>
      ) : null}
      <Dialog open={choosing} onOpenChange={setChoosing} title={text.chooseByHand}>
        <ChosenPatient
          patient={null}
          onChange={(patient) => {
            if (patient) void link({ patient_ids: [patient.id] });
          }}
        />
      </Dialog>
    </>
  );
}
