'use client';
import { PlainDialog } from '#components/ui/plain-dialog.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';

const text = doctorCallMessages.help;

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** In person there is no camera to switch. */
  camera?: boolean;
}

/** The keys of a consultation, one sheet. */
export function ShortcutsDialog({ open, onOpenChange, camera = true }: Props) {
  const rows = text.rows.filter(([key]) => camera || key !== 'V');
  return (
    <PlainDialog open={open} onOpenChange={onOpenChange} title={text.title} description={text.lead}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {rows.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-block min-w-9 rounded-md border border-line-strong px-2 py-0.5 text-center font-sans font-semibold">
                {key}
              </kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </PlainDialog>
  );
}
