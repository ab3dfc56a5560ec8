export interface UploadProgress {
  sentBytes: number;
  totalBytes: number;
}

/** Who sends something long hears how far it is, and may give it up. */
export interface UploadOptions {
  onProgress: (progress: UploadProgress) => void;
  signal: AbortSignal;
}

export interface Upload {
  method: string;
  headers: Record<string, string>;
  body: Blob | string;
  /** Without a byte for so long, and with the answer not there, the line counts as gone. */
  silenceMs: number;
  signal?: AbortSignal | undefined;
  onProgress: (progress: UploadProgress) => void;
}

/**
 * `fetch` for a body that may be long: only XMLHttpRequest tells in every browser how much of it has gone out.
 * Like `fetch` it answers whatever the status is, and rejects where there was no answer.
 */
export async function sendTelling(url: URL, upload: Upload): Promise<Response> {
  const { body, headers, method, onProgress, signal, silenceMs } = upload;
  signal?.throwIfAborted();
  const request = new XMLHttpRequest();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), silenceMs);
  };
  const abort = () => request.abort();
  const answered = new Promise<Response>((resolve, reject) => {
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      heard();
      onProgress({ sentBytes: loaded, totalBytes: total });
    };
    // The last piece need not be told of by itself.
    request.upload.onload = ({ loaded }) => {
      heard();
      onProgress({ sentBytes: loaded, totalBytes: loaded });
    };
    request.onload = () => {
      try {
        resolve(responseOf(request));
      } catch (cause) {
        reject(new TypeError('the answer to the upload cannot be read', { cause }));
      }
    };
    request.onerror = () => reject(new TypeError('the upload met no answer'));
    request.onabort = () => reject(signal?.reason ?? new TypeError('the upload fell silent'));
    signal?.addEventListener('abort', abort);
    heard();
    request.send(body);
  });
  return answered.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  });
}

function responseOf(request: XMLHttpRequest): Response {
  const lines = request
    .getAllResponseHeaders()
    .trim()
    .split(/[\r\n]+/);
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const { responseText, status } = request;
  return new Response(responseText === '' ? null : responseText, { status, headers });
}
