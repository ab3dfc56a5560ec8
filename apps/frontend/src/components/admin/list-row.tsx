import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  /** Small facts under the title. */
  facts?: ReactNode;
  badge?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
  testId?: string;
}

/** One line of an administrator's list: what, its state, what can be done about it. */
export function ListRow({ title, facts, badge, actions, children, testId }: Props) {
  return (
    <li data-testid={testId} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3">
      <div className="min-w-48 flex-1">
        <p className="font-semibold break-words">{title}</p>
        {facts ? <p className="text-sm text-ink-soft">{facts}</p> : null}
        {children}
      </div>
      {badge}
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </li>
  );
}
