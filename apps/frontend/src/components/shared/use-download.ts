'use client';
import { useCallback } from 'react';
import { useToast } from '#components/ui/toast.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { type DownloadRequest, downloadFile } from '#lib/api/download.ts';
import { useAuthStore } from '#store/authStore.ts';
import { useConfig } from './config-provider.tsx';

/** Downloads as the signed-in person; `failure` is what is read when it does not work. */
export function useDownload(): (request: DownloadRequest & { failure: string }) => Promise<void> {
  const { gatewayUrl } = useConfig();
  const getAccessToken = useAuthStore((state) => state.getAccessToken);
  const toast = useToast();
  return useCallback(
    async ({ failure, ...request }) => {
      try {
        await downloadFile(gatewayUrl, () => getAccessToken(), request);
      } catch (error) {
        toast({ title: failure, description: errorSentence(error), tone: 'danger' });
      }
    },
    [gatewayUrl, getAccessToken, toast],
  );
}
