import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Panel } from '#lib/call/panel-memory.ts';
import { cn } from '#lib/utils.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import type { Panels } from './use-panels.ts';

const text = doctorCallMessages.panels;

interface Props {
  panel: Panel;
  /** Undefined where panels stay: in person. */
  panels: Panels | undefined;
  children: ReactNode;
  className?: string;
}

/** A panel's name, and the way to put it away on a wide screen. */
export function PanelHeading({ panel, panels, children, className }: Props) {
  return (
    <div className={cn('flex items-center justify-between gap-2', className)}>
      <h2 className="flex items-baseline gap-2 font-bold">{children}</h2>
      {panels ? (
        <button
          type="button"
          aria-label={text.hide(text.names[panel])}
          onClick={() => panels.toggle(panel)}
          className="-my-1 -mr-2 hidden size-8 cursor-pointer place-items-center rounded-md text-ink-soft hover:bg-ground hover:text-ink lg:grid"
        >
          <X className="size-4" aria-hidden="true" />
        </button>
      ) : null}
    </div>
  );
}
