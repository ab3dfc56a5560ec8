import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { Button } from '#components/ui/button.ts';
import { cn } from '#lib/utils.ts';
import { patientListsMessages } from '#messages/patient-lists.ts';

/** Name of a page that lies behind the list of patients, with the way back to it. */
export function PatientsHead({ title, className }: { title: string; className: string }) {
  return (
    <div className={cn('flex flex-wrap items-center gap-x-4 gap-y-2', className)}>
      <Button asChild variant="quiet" size="sm" className="-ml-3">
        <Link href="/pacientes">
          <ArrowLeft aria-hidden="true" />
          {patientListsMessages.back}
        </Link>
      </Button>
      <h1 className="basis-full text-2xl font-bold sm:basis-auto">{title}</h1>
    </div>
  );
}
