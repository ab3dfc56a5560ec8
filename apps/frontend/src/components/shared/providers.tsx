'use client';
import type { ReactNode } from 'react';
import { ToastProvider } from '#components/ui/toast.ts';
import type { PublicConfig } from '#lib/env.ts';
import { ConfigProvider } from './config-provider.tsx';

/** What every page stands on. Every page of a patient loads it too: nothing heavy belongs here. */
export function Providers({ config, children }: { config: PublicConfig; children: ReactNode }) {
  return (
    <ConfigProvider value={config}>
      <ToastProvider>{children}</ToastProvider>
    </ConfigProvider>
  );
}
