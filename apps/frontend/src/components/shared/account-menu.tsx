'use client';
import { ChevronDown, CircleUser, LogOut, Settings } from 'lucide-react';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '#components/ui/button.ts';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from '#components/ui/menu.ts';
import { readTheme, themes } from '#lib/theme.ts';
import { shortName } from '#lib/utils.ts';
import { sharedMessages as text } from '#messages/shared.ts';
import { useTheme } from './use-theme.ts';

/** Who is signed in here, how it looks, and the way out. */
export function AccountMenu({ name }: { name: string }) {
  const [leaving, setLeaving] = useState(false);
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          variant="quiet"
          size="sm"
          className="text-ink-soft"
          aria-label={text.account(name)}
          busy={leaving}
        >
          <CircleUser aria-hidden="true" />
          <span className="hidden max-w-48 truncate md:block">{shortName(name)}</span>
          <ChevronDown aria-hidden="true" />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuLabel className="font-semibold text-ink">{name}</MenuLabel>
        <MenuItem asChild>
          <Link href="/configuracoes">
            <Settings aria-hidden="true" />
            {text.settings}
          </Link>
        </MenuItem>
        <MenuSeparator />
        <MenuLabel>{text.theme}</MenuLabel>
        <ThemeChoice />
        <MenuSeparator />
        <MenuItem
          onSelect={() => {
            setLeaving(true);
            void signOut({ callbackUrl: '/login' });
          }}
        >
          <LogOut aria-hidden="true" />
          {text.signOut}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}

function ThemeChoice() {
  const [theme, setTheme] = useTheme();
  return (
    <MenuRadioGroup value={theme} onValueChange={(value) => setTheme(readTheme(value))}>
      {themes.map((name) => (
        // Stays open: one may compare.
        <MenuRadioItem key={name} value={name} onSelect={(event) => event.preventDefault()}>
          {text.themes[name]}
        </MenuRadioItem>
      ))}
    </MenuRadioGroup>
  );
}
