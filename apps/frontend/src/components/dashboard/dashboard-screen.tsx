'use client';
import { Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useSWRConfig } from 'swr';
import { Button } from '#components/ui/button.ts';
import { formatLongDate } from '#lib/utils.ts';
import { dashboardMessages as text } from '#messages/dashboard.ts';
import { DashboardBoard } from './dashboard-board.tsx';
import { NewConsultationDialog } from './new-consultation-dialog.tsx';
import { dashboardKey } from './use-dashboard.ts';

/** Who waits now, what comes today, what is still to be signed. */
export function DashboardScreen() {
  const [creating, setCreating] = useState(false);
  const create = useCallback(() => setCreating(true), []);
  const { mutate } = useSWRConfig();
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="text-2xl font-bold">{text.title}</h1>
          <p className="text-ink-soft first-letter:uppercase">{formatLongDate(new Date())}</p>
        </div>
        <Button onClick={create}>
          <Plus aria-hidden="true" />
          {text.newConsultation}
        </Button>
      </div>
      <DashboardBoard onCreate={create} />
      <NewConsultationDialog
        open={creating}
        onOpenChange={setCreating}
        onCreated={() => void mutate(dashboardKey)}
      />
    </>
  );
}
