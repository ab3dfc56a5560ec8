'use client';
import { useEffect, useState } from 'react';
import { applyTheme, type Theme, themes } from '#lib/theme.ts';

/** The theme of this device and the way to change it. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => {
    // The server drew the class from the cookie: it is the truth of this page.
    const { classList } = document.documentElement;
    setTheme(themes.find((name) => classList.contains(name)) ?? 'system');
  }, []);
  return [
    theme,
    (next) => {
      applyTheme(next);
      setTheme(next);
    },
  ];
}
