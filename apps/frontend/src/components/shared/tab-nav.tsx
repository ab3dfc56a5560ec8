'use client';
import Link from 'next/link';
import { cn } from '#lib/utils.ts';

interface Props<T extends string> {
  label: string;
  /** Path of the page; the tab goes behind it as `?aba=`. */
  path: string;
  tabs: readonly T[];
  names: Readonly<Record<T, string>>;
  current: T;
}

/** Parts of a page, each with an address of its own. */
export function TabNav<T extends string>({ label, path, tabs, names, current }: Props<T>) {
  return (
    <nav
      aria-label={label}
      className="-mx-4 mb-5 flex gap-1 overflow-x-auto border-b border-line px-4 [scrollbar-width:none]"
    >
      {tabs.map((name) => (
        <Link
          key={name}
          href={`${path}?aba=${name}`}
          prefetch={false}
          aria-current={name === current ? 'page' : undefined}
          ref={name === current ? intoView : null}
          className={cn(
            '-mb-px flex min-h-11 shrink-0 items-center border-b-2 px-3 font-semibold -outline-offset-3',
            name === current
              ? 'border-accent text-ink'
              : 'border-transparent text-ink-soft hover:text-ink',
          )}
        >
          {names[name]}
        </Link>
      ))}
    </nav>
  );
}

/** On a telephone the tabs are wider than the screen. */
function intoView(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'center' });
}
