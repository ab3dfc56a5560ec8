'use client';
import type { Consultation } from '@medcall/shared-types';
import { useState } from 'react';
import { Dialog } from '#components/ui/dialog.ts';
import { dashboardMessages } from '#messages/dashboard.ts';
import { CreatedConsultation } from './created-consultation.tsx';
import { NewConsultationForm } from './new-consultation-form.tsx';

const text = dashboardMessages.create;

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: () => void;
}

/** Creates a consultation and hands over the patient's link. */
export function NewConsultationDialog({ open, onOpenChange, onCreated }: Props) {
  const [created, setCreated] = useState<Consultation | null>(null);

  function change(next: boolean): void {
    onOpenChange(next);
    if (!next) setCreated(null);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={created ? text.createdTitle : text.title}
      {...(created
        ? {
            description: created.type === 'ONLINE' ? text.createdOnline : text.createdPresencial,
          }
        : {})}
    >
      {created ? (
        <CreatedConsultation consultation={created} onDone={() => change(false)} />
      ) : (
        <NewConsultationForm
          onCreated={(consultation) => {
            setCreated(consultation);
            onCreated();
          }}
        />
      )}
    </Dialog>
  );
}
