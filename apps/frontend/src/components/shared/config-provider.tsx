'use client';
import { createContext, type ReactNode, use } from 'react';
import type { PublicConfig } from '#lib/env.ts';

const ConfigContext = createContext<PublicConfig | null>(null);

/** Hands the run-time configuration of the server to the page. */
export function ConfigProvider({ value, children }: { value: PublicConfig; children: ReactNode }) {
  return <ConfigContext value={value}>{children}</ConfigContext>;
}

export function useConfig(): PublicConfig {
  const config = use(ConfigContext);
  if (!config) throw new Error('useConfig needs a ConfigProvider above it');
  return config;
}
