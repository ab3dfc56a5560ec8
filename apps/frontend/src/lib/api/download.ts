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
    const authorization = `Bearer ${(await getToken()) ?? ''}`;
    const file = await fetchFile(`${gatewayUrl}${path}`, { headers: { authorization } });
    if (!tab) return saveFile(file, fileName);
    const url = URL.createObjectURL(file);
    tab.location.href = url;
    setTimeout(() => URL.revokeObjectURL(url), tabReadsWithinMs);
  } catch (error) {
    tab?.close();
    throw error;
  }
}

/** A file that is asked for with a secret in the body. Throws ApiError. */
export function postForFile(url: string, body: unknown): Promise<Blob> {
  return fetchFile(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Hands a file to the browser to be saved. */
export function saveFile(file: Blob, fileName: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), tabReadsWithinMs);
}

async function fetchFile(url: string, request: RequestInit): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(url, {
      ...request,
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(deadlineMs),
    });
  } catch (cause) {
    throw new ApiError('unreachable', 'O serviço não respondeu. Tente de novo.', { cause });
  }
  if (!response.ok) throw await refusalOf(response);
  return response.blob();
}
