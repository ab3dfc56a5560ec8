'use client';
import { type FormEvent, useState } from 'react';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { useToast } from '#components/ui/toast.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';
import { IncidentTimes, type IncidentTimesForm, instantOf, localOf } from './incident-times.tsx';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (id: string) => void;
}

/** Writes an incident down with the little that is known at first. */
export function NewIncidentDialog({ open, onOpenChange, onCreated }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={text.add} description={text.addText}>
      <NewIncidentForm
        onDone={(id) => {
          onOpenChange(false);
          onCreated(id);
        }}
      />
    </Dialog>
  );
}

function NewIncidentForm({ onDone }: { onDone: (id: string) => void }) {
  const gateway = useGateway();
  const toast = useToast();
  const [form, setForm] = useState<IncidentTimesForm>(() => ({
    title: '',
    detected: localOf(new Date().toISOString()),
    known: '',
    occurred: '',
    small: false,
  }));
  const [tried, setTried] = useState(false);
  const { attempt, busy, trouble } = useAttempt();
  const detected = instantOf(form.detected);
  const wrong = { title: form.title.trim().length < 3, detected: detected === null };

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (wrong.title || detected === null) return;
    await attempt(async () => {
      const { id } = await gateway.createIncident({
        title: form.title,
        detected_at: detected,
        known_at: instantOf(form.known),
        occurred_at: instantOf(form.occurred),
        small_agent: form.small,
      });
      toast({ title: text.created, description: text.createdText, tone: 'ok' });
      onDone(id);
    });
  }

  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
      <IncidentTimes
        form={form}
        wrong={tried ? wrong : {}}
        onChange={(change) => setForm({ ...form, ...change })}
      />
      {trouble ? <Alert tone="danger">{trouble}</Alert> : null}
      <Button type="submit" busy={busy}>
        {text.add}
      </Button>
    </form>
  );
}
