import type { ReactNode } from 'react';
import { PublicHeader } from './public-header.tsx';

/** A page that says one thing: an end, a refusal, something that is missing. */
export function NoticePage({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <main className="mx-auto flex w-full max-w-lg flex-1 flex-col px-5 py-8">
      <PublicHeader />
      <div className="my-auto py-10">
        <h1 className="text-3xl font-bold">{title}</h1>
        {children ? (
          <div className="mt-3 flex flex-col gap-3 text-lg text-ink-soft">{children}</div>
        ) : null}
        {action ? <div className="mt-7 flex flex-wrap gap-3">{action}</div> : null}
      </div>
    </main>
  );
}
