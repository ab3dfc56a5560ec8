import { ApiError } from './api-error.ts';
import { refusalOf } from './http.ts';

export interface DownloadRequest {
  /** Of the gateway, query included. */
  path: string;
  fileName: string;
  /** Shown in a tab of its own rather than saved. */
  inTab?: boolean;
  /** Told as it comes. */
  onProgress?: (progress: DownloadProgress) => void;
}

export interface DownloadProgress {
  receivedBytes: number;
  /** Null where the answer does not say: it is made while it is sent. */
  totalBytes: number | null;
}

/** Without a byte for so long the service counts as gone; a long file may take as long as it needs. */
const silenceMs = 30_000;
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
  { path, fileName, inTab = false, onProgress }: DownloadRequest,
): Promise<void> {
  const tab = inTab ? window.open('about:blank', '_blank') : null;
  try {
    const authorization = `Bearer ${(await getToken()) ?? ''}`;
    const file = await fetchFile(
      `${gatewayUrl}${path}`,
      { headers: { authorization } },
      onProgress,
    );
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

async function fetchFile(
  url: string,
  request: RequestInit,
  onProgress?: DownloadRequest['onProgress'],
): Promise<Blob> {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silenceMs);
  };
  heard();
  try {
    const response = await fetch(url, {
      ...request,
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: silence.signal,
    });
    if (!response.ok) throw await refusalOf(response);
    return await readWhole(response, (progress) => {
      heard();
      onProgress?.(progress);
    });
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    throw new ApiError('unreachable', 'O serviço não respondeu. Tente de novo.', { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function readWhole(
  response: Response,
  onProgress: (progress: DownloadProgress) => void,
): Promise<Blob> {
  const length = Number(response.headers.get('content-length'));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let receivedBytes = 0;
  for await (const part of partsOf(response)) {
    parts.push(part);
    receivedBytes += part.length;
    // A packed answer counts its bytes before they are unpacked.
    const totalBytes = length >= receivedBytes ? length : null;
    onProgress({ receivedBytes, totalBytes });
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
}

/** Not every browser lets one walk through a body with `for await` yet. */
async function* partsOf(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (!reader) return;
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}
