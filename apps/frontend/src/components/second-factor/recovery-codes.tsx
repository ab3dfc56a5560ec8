'use client';
import { Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.ts';
import { Checkbox } from '#components/ui/checkbox.ts';
import { useToast } from '#components/ui/toast.ts';
import { formatDate } from '#lib/utils.ts';
import { secondFactorMessages } from '#messages/second-factor.ts';
import { useAuthStore } from '#store/authStore.ts';

const text = secondFactorMessages.recovery;

/** In groups of four, as they are read out and typed. */
export function inGroups(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code;
}

/** A set of recovery codes, shown this once, to be kept before going on. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const toast = useToast();
  const email = useAuthStore((state) => state.user?.email ?? null);
  const [kept, setKept] = useState(false);
  const shown = codes.map(inGroups);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(shown.join('\n'));
      toast({ title: text.copied, tone: 'ok' });
    } catch {
      toast({ title: text.copyFailed, tone: 'danger' });
    }
  }

  function download(): void {
    const head = text.fileHead(email, formatDate(new Date().toISOString()));
    const file = new Blob([`${head}\n\n${shown.join('\n')}\n`], { type: 'text/plain' });
    const url = URL.createObjectURL(file);
    const link = Object.assign(document.createElement('a'), { href: url, download: text.file });
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-xl font-bold">{text.title}</h2>
      <p className="text-ink-soft">{text.lead}</p>
      <ul
        aria-label={text.list}
        data-testid="recovery-codes"
        className="grid gap-x-6 gap-y-1 rounded-md border border-line p-4 font-mono sm:grid-cols-2"
      >
        {shown.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        <Button variant="secondary" onClick={download}>
          <Download aria-hidden="true" />
          {text.download}
        </Button>
        <Button variant="secondary" onClick={() => void copy()}>
          <Copy aria-hidden="true" />
          {text.copy}
        </Button>
      </div>
      <Checkbox label={text.kept} checked={kept} onCheckedChange={setKept} />
      <Button size="lg" className="self-start" disabled={!kept} onClick={onDone}>
        {text.done}
      </Button>
    </section>
  );
}
