'use client';
import { CalendarDays, House, Settings2, Users } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '#lib/utils.ts';
import { sharedMessages as text } from '#messages/shared.ts';
import { AccountMenu } from './account-menu.tsx';
import { CommandPalette } from './palette/command-palette.tsx';
import { Wordmark } from './wordmark.tsx';

const places = [
  { href: '/dashboard', label: text.nav.dashboard, Icon: House },
  { href: '/agenda', label: text.nav.agenda, Icon: CalendarDays },
  { href: '/pacientes', label: text.nav.patients, Icon: Users },
  { href: '/admin', label: text.nav.admin, Icon: Settings2 },
] as const;

/** The way around for signed-in people. */
export function AppNav({ name, wide }: { name: string; wide: boolean }) {
  const pathname = usePathname();
  return (
    <header className="border-b border-line bg-paper print:hidden">
      <div
        className={cn(
          'mx-auto flex w-full flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2',
          wide ? 'max-w-[100rem]' : 'max-w-6xl',
        )}
      >
        <Link href="/dashboard" className="flex rounded-md">
          <Wordmark />
        </Link>
        <nav
          aria-label={text.navLabel}
          className="order-last flex w-full gap-1 sm:order-none sm:w-auto"
        >
          {places.map(({ href, label, Icon }) => {
            const here = pathname.startsWith(href);
            return (
              <Link
                key={href}
                href={href}
                aria-current={here ? 'page' : undefined}
                className={cn(
                  'flex h-11 flex-1 items-center justify-center gap-2 rounded-md px-2 text-sm font-semibold sm:flex-none sm:px-3 sm:text-base',
                  here
                    ? 'bg-accent-wash text-accent'
                    : 'text-ink-soft hover:bg-ground hover:text-ink',
                )}
              >
                <Icon className="hidden size-4.5 min-[26rem]:block" aria-hidden="true" />
                {label}
              </Link>
            );
          })}
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <CommandPalette />
          <AccountMenu name={name} />
        </div>
      </div>
    </header>
  );
}
