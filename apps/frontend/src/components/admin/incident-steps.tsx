'use client';
import type { IncidentDetail, IncidentStep } from '@medcall/shared-types';
import { useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { incidentMessages as text } from '#messages/admin/incidents.ts';
import { IncidentStepForm } from './incident-step-form.tsx';

type StepName = IncidentStep['step'];

interface Props {
  incident: IncidentDetail;
  onChanged: (incident: IncidentDetail) => void;
}

/** What can be done next. The service decides; what it would refuse for sure is not offered. */
export function IncidentSteps({ incident, onChanged }: Props) {
  const [chosen, setChosen] = useState<StepName | null>(null);
  const steps = stepsOf(incident);
  if (steps.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {steps.map((step, index) => (
        <Button
          key={step}
          variant={index === 0 ? 'primary' : 'secondary'}
          onClick={() => setChosen(step)}
        >
          {text.steps[step]}
        </Button>
      ))}
      <Dialog
        open={chosen !== null}
        onOpenChange={(next) => {
          if (!next) setChosen(null);
        }}
        title={chosen ? text.steps[chosen] : ''}
        description={chosen ? text.stepText[chosen] : ''}
      >
        {chosen ? (
          <IncidentStepForm
            step={chosen}
            incident={incident}
            onDone={(next) => {
              setChosen(null);
              onChanged(next);
            }}
          />
        ) : null}
      </Dialog>
    </div>
  );
}

function stepsOf({
  authority_at,
  clock,
  criteria,
  people_at,
  significant,
  status,
}: IncidentDetail): readonly StepName[] {
  const mustTell = significant === true && criteria.length > 0;
  const completes = clock.waits_for.includes('completion') ? (['completed'] as const) : [];
  switch (status) {
    case 'open':
      return ['assess'];
    case 'assessed':
      return [
        ...(authority_at === null ? (['told_authority'] as const) : []),
        ...(people_at === null ? (['told_people'] as const) : []),
        ...completes,
        ...(mustTell ? [] : (['not_required'] as const)),
        'assess',
      ];
    case 'communicated':
      return completes.length > 0 ? completes : ['close'];
    case 'not_required':
      return [...(completes.length > 0 ? completes : (['close'] as const)), 'reopen'];
    case 'closed':
      return [];
  }
}
