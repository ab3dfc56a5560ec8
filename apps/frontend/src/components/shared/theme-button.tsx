'use client';
import { Moon, Sun, SunMoon } from 'lucide-react';
import { type Theme, themes } from '#lib/theme.ts';
import { sharedMessages as text } from '#messages/shared.ts';
import { useTheme } from './use-theme.ts';

const icons = { system: SunMoon, light: Sun, dark: Moon } satisfies Record<Theme, unknown>;

/** The next look at each press: for pages without an account, which load no menu. */
export function ThemeButton() {
  const [theme, setTheme] = useTheme();
  const Icon = icons[theme];
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  const label = text.themeNow(text.themes[theme]);
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => setTheme(next)}
      className="grid size-11 cursor-pointer place-items-center rounded-full text-ink-soft hover:bg-paper hover:text-ink"
    >
      <Icon className="size-5" aria-hidden="true" />
    </button>
  );
}
