import type { StalePrice } from '@medcall/shared-types';
import { Alert } from '#components/ui/alert.ts';
import { costMessages as text } from '#messages/admin/costs.ts';
import { oldFigures } from './old-prices.ts';

/** Says that the costs rest on prices or a rate that nobody has looked up for long, and since when. */
export function OldPricesAlert({ stale }: { stale: readonly StalePrice[] }) {
  const figures = oldFigures(stale);
  if (figures.length === 0) return null;
  return (
    <Alert tone="warning" title={text.oldTitle} data-testid="old-prices">
      <ul className="my-1 list-disc pl-5">
        {figures.map(({ sentence, source }) => (
          <li key={sentence}>
            {sentence}{' '}
            <a
              href={source}
              target="_blank"
              rel="noreferrer noopener"
              className="text-accent underline underline-offset-2"
            >
              {text.oldSource}
            </a>
          </li>
        ))}
      </ul>
      {text.oldText}
    </Alert>
  );
}
