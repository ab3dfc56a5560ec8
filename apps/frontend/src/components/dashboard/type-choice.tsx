'use client';
import type { ConsultationType } from '@medcall/shared-types';
import { MapPin, Video } from 'lucide-react';
import { useId } from 'react';
import { cn } from '#lib/utils.ts';
import { dashboardMessages } from '#messages/dashboard.ts';

const types = [
  { value: 'ONLINE', Icon: Video },
  { value: 'PRESENCIAL', Icon: MapPin },
] as const satisfies readonly { value: ConsultationType; Icon: typeof Video }[];

interface Props {
  value: ConsultationType;
  onChange: (value: ConsultationType) => void;
}

/** By video or in person. */
export function TypeChoice({ value: chosen, onChange }: Props) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">{dashboardMessages.create.type}</legend>
      <div className="grid grid-cols-2 gap-2 sm:gap-3">
        {types.map(({ value, Icon }) => (
          <label
            key={value}
            className={cn(
              'flex min-h-12 cursor-pointer items-center gap-2 rounded-md border px-3 whitespace-nowrap sm:gap-2.5 sm:px-4 font-semibold has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              chosen === value ? 'border-accent bg-accent-wash' : 'border-line-strong/60',
            )}
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={chosen === value}
              onChange={() => onChange(value)}
              className="size-4 accent-accent outline-none"
            />
            <Icon className="size-5" aria-hidden="true" />
            {dashboardMessages.type[value]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
