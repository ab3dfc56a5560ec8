import { ArrowLeft } from 'lucide-react';
import { Button } from '#components/ui/button.ts';
import { bookingMessages as text } from '#messages/booking.ts';

interface Props {
  /** 1 to 3; left out after the last one. */
  number?: number;
  title: string;
  onBack?: () => void;
}

/** Where one is, and the way back. */
export function StepHeading({ number, title, onBack }: Props) {
  return (
    <div className="mb-5">
      <div className="flex min-h-9 items-center gap-2">
        {onBack ? (
          <Button variant="quiet" size="sm" className="-ml-3" onClick={onBack}>
            <ArrowLeft aria-hidden="true" />
            {text.back}
          </Button>
        ) : null}
        {number ? <p className="text-sm text-ink-soft">{text.step(number)}</p> : null}
      </div>
      <h1 tabIndex={-1} className="text-3xl font-bold outline-none">
        {title}
      </h1>
    </div>
  );
}
