import { ApiError } from './api-error.ts';
import { refusalOf } from './http.ts';

export interface DownloadRequest {
  /** Of the gateway, query included. */
  path: string;
  fileName: string;
  /** Shown in a tab of its own rather than saved. */
  inTab?: boolean;
}

const deadlineMs = 30_000;
/** A tab reads its address after this function is done. */
const tabReadsWithinMs = 60_000;

/**
 * Fetches a file with the bearer and hands it to the browser: a plain link cannot carry the bearer, and
 * a token in an address would end up in logs. Throws ApiError. Call it from a press: a tab that is
 * opened later counts as a pop-up.
 */
export async function downloadFile(
  gatewayUrl: string,
  getToken: () => Promise<string | null>,
  { path, fileName, inTab = false }: DownloadRequest,
): Promise<void> {
  const tab = inTab ? window.open('about:blank', '_blank') : null;
  try {
    const url = URL.createObjectURL(await fetchFile(`${gatewayUrl}${path}`, await getToken()));
    if (tab) {
      tab.location.href = url;
      setTimeout(() => URL.revokeObjectURL(url), tabReadsWithinMs);
      return;
    }
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), tabReadsWithinMs);
  } catch (error) {
    tab?.close();
    throw error;
  }
}

async function fetchFile(url: string, token: string | null): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${token ?? ''}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(deadlineMs),
    });
  } catch (cause) {
    throw new ApiError('unreachable', 'O serviço não respondeu. Tente de novo.', { cause });
  }
  if (!response.ok) throw await refusalOf(response);
  return response.blob();
}
