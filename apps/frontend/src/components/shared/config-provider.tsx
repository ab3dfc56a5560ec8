'use client';
import { createContext, type ReactNode, use, useState } from 'react';
import type { PublicConfig } from '#lib/env.ts';
import { tracePages } from '#lib/page-trace.ts';

const ConfigContext = createContext<PublicConfig | null>(null);

/** Hands the run-time configuration of the server to the page. */
export function ConfigProvider({ value, children }: { value: PublicConfig; children: ReactNode }) {
  // Before anything below asks for something: an effect of ours would come after theirs.
  useState(() => tracePages(value.traced));
  return <ConfigContext value={value}>{children}</ConfigContext>;
}

export function useConfig(): PublicConfig {
  const config = use(ConfigContext);
  if (!config) throw new Error('useConfig needs a ConfigProvider above it');
  return config;
}
