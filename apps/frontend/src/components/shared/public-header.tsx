import type { ReactNode } from 'react';
import { ThemeButton } from './theme-button.tsx';
import { Wordmark } from './wordmark.tsx';

/** Above a page of somebody who is not signed in: whose it is and how it looks. */
export function PublicHeader({
  mark = <Wordmark />,
  children,
}: {
  /** The name; a link where there is somewhere to go. */
  mark?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="-my-2 flex items-center justify-between gap-3">
      {mark}
      <div className="-mr-2 flex items-center gap-2">
        {children}
        <ThemeButton />
      </div>
    </div>
  );
}
