'use client';
import { Copy, ExternalLink } from 'lucide-react';
import { Button } from '#components/ui/button.ts';
import { Input } from '#components/ui/input.ts';
import { useToast } from '#components/ui/toast.ts';
import { clinicMessages as text } from '#messages/admin/clinic.ts';
import { useOrigin } from './use-origin.ts';

/** Where patients book by themselves. */
export function BookingAddress({ slug }: { slug: string }) {
  const toast = useToast();
  const origin = useOrigin();
  const address = `${origin}/agendar/${slug}`;

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(address);
      toast({ title: text.copied, tone: 'ok' });
    } catch {
      toast({ title: text.copyFailed, tone: 'danger' });
    }
  }

  return (
    <div className="flex flex-col gap-3">
      <Input
        readOnly
        aria-label={text.booking}
        value={address}
        onFocus={(event) => event.target.select()}
      />
      <div className="flex flex-wrap gap-3">
        <Button variant="secondary" onClick={() => void copy()}>
          <Copy aria-hidden="true" />
          {text.copy}
        </Button>
        <Button asChild variant="quiet">
          <a href={`/agendar/${slug}`} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden="true" />
            {text.bookingOpen}
          </a>
        </Button>
      </div>
    </div>
  );
}
