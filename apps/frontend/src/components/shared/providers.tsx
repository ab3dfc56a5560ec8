'use client';
import type { ReactNode } from 'react';
import { ToastProvider } from '#components/ui/toast.ts';
import { TooltipProvider } from '#components/ui/tooltip.ts';
import type { PublicConfig } from '#lib/env.ts';
import { sharedMessages } from '#messages/shared.ts';
import { ConfigProvider } from './config-provider.tsx';

/** What every page stands on. */
export function Providers({ config, children }: { config: PublicConfig; children: ReactNode }) {
  return (
    <ConfigProvider value={config}>
      <TooltipProvider>
        <ToastProvider label={sharedMessages.notifications}>{children}</ToastProvider>
      </TooltipProvider>
    </ConfigProvider>
  );
}
