'use client';
import type { ReactNode } from 'react';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { sharedMessages } from '#messages/shared.ts';

interface Props<T> {
  data: T | undefined;
  error: unknown;
  onRetry: () => void;
  /** What could not be read, as a sentence. */
  failed: string;
  /** Shape of what is coming. */
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Something read from a service, with its loading and error faces. Old data stays under a new error. */
export function Remote<T>({ data, error, onRetry, failed, skeleton, children }: Props<T>) {
  return (
    <>
      {error ? (
        <Alert
          tone="danger"
          title={failed}
          className="mb-4"
          action={
            <Button size="sm" variant="secondary" onClick={onRetry}>
              {sharedMessages.retry}
            </Button>
          }
        >
          {errorSentence(error)}
        </Alert>
      ) : null}
      {data !== undefined ? children(data) : null}
      {data === undefined && !error ? (
        <div aria-busy="true">{skeleton ?? <Skeleton className="h-40" />}</div>
      ) : null}
    </>
  );
}
