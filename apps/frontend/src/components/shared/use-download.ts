'use client';
import { useCallback } from 'react';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { refusalOf } from '#lib/api/http.ts';
import { useAuthStore } from '#store/authStore.ts';
import { useConfig } from './config-provider.tsx';

export interface DownloadRequest {
  /** Of the gateway, query included. */
  path: string;
  fileName: string;
  /** Shown rather than saved, where the browser can. */
  inTab?: boolean;
  /** What the person reads when it fails. */
  failure: string;
}

const deadlineMs = 30_000;

/**
 * Fetches a file with the bearer and hands it to the browser: a plain link cannot carry the bearer, and
 * a token in an address would end up in logs.
 */
export function useDownload(): (request: DownloadRequest) => Promise<void> {
  const { gatewayUrl } = useConfig();
  const getAccessToken = useAuthStore((state) => state.getAccessToken);
  const toast = useToast();
  return useCallback(
    async ({ path, fileName, inTab = false, failure }) => {
      // A tab that is opened after a wait counts as a pop-up: it is opened now and filled later.
      const tab = inTab ? window.open('about:blank', '_blank') : null;
      try {
        const token = await getAccessToken();
        const response = await fetch(`${gatewayUrl}${path}`, {
          headers: { authorization: `Bearer ${token ?? ''}` },
          signal: AbortSignal.timeout(deadlineMs),
        });
        if (!response.ok) throw await refusalOf(response);
        const url = URL.createObjectURL(await response.blob());
        if (tab) {
          tab.location.href = url;
          // The tab reads it after this function is done.
          setTimeout(() => URL.revokeObjectURL(url), 60_000);
          return;
        }
        const link = document.createElement('a');
        link.href = url;
        link.download = fileName;
        link.click();
        URL.revokeObjectURL(url);
      } catch (error) {
        tab?.close();
        toast({ title: failure, description: errorSentence(error), tone: 'danger' });
      }
    },
    [gatewayUrl, getAccessToken, toast],
  );
}
