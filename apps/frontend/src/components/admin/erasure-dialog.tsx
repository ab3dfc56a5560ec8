'use client';
import type { ErasureResult } from '@medcall/shared-types';
import { Button } from '#components/ui/button.ts';
import { Dialog } from '#components/ui/dialog.ts';
import { dataRequestMessages as text } from '#messages/admin/data-requests.ts';
import { sharedMessages } from '#messages/shared.ts';

interface Props {
  result: ErasureResult | null;
  onClose: () => void;
}

/** What went, and what a law keeps. */
export function ErasureDialog({ result, onClose }: Props) {
  return (
    <Dialog
      open={result !== null}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={text.erasedTitle}
      footer={<Button onClick={onClose}>{sharedMessages.close}</Button>}
    >
      {result ? (
        <div className="flex flex-col gap-4">
          <Section title={text.erased} items={result.erased} />
          <Section
            title={text.kept}
            items={result.kept.map(({ what, basis }) => `${what} (${basis})`)}
          />
        </div>
      ) : null}
    </Dialog>
  );
}

function Section({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h3 className="font-semibold">{title}</h3>
      <ul className="ml-5 list-disc">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}
