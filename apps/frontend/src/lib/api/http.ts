import { errorBody, errorFaces } from '@medcall/shared-types';
import * as z from '@medcall/shared-types/lean';
import { traceparentField } from '../page-trace.ts';
import { ApiError } from './api-error.ts';
import type { UploadProgress } from './upload.ts';

export interface HttpOptions {
  baseUrl: string;
  /** Resolves to the bearer, or null when nobody is signed in. `renew` asks for a new one after a refusal. */
  getToken: (options: { renew: boolean }) => Promise<string | null>;
  /** The person has to show a second factor before anything else is answered. */
  onSecondFactor?: () => void;
  deadlineMs?: number;
  fetch?: typeof fetch;
}

export interface HttpRequest<T extends z.Schema> {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** A body that is no JSON, sent as it is: a PDF, a WAV. */
  file?: { type: string; content: Blob };
  answer: T;
  signal?: AbortSignal;
  /** For work that takes longer than a usual answer. */
  deadlineMs?: number;
  /** Told how much of the body has gone out. The deadline then counts from the last byte that moved. */
  onProgress?: ((progress: UploadProgress) => void) | undefined;
}

export type Http = <T extends z.Schema>(request: HttpRequest<T>) => Promise<z.Of<T>>;

/** JSON over fetch with a bearer, a deadline, answers parsed by zod and errors in pt-BR. Throws ApiError only. */
export function createHttp(options: HttpOptions): Http {
  const { baseUrl, getToken, deadlineMs = 12_000 } = options;
  const doFetch = options.fetch ?? fetch;

  async function send(request: HttpRequest<z.Schema>, token: string | null): Promise<Response> {
    const url = new URL(`${baseUrl}${request.path}`);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const { method = 'GET', onProgress, signal } = request;
    const silenceMs = request.deadlineMs ?? deadlineMs;
    const headers = {
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...contentType(request),
      ...traceparentField(),
    };
    const body = bodyOf(request);
    try {
      if (onProgress && body !== null) {
        // An invited person's page sends nothing long: it does not load this.
        const { sendTelling } = await import('./upload.ts');
        return await sendTelling(url, { method, headers, body, silenceMs, signal, onProgress });
      }
      const deadline = AbortSignal.timeout(silenceMs);
      return await doFetch(url, {
        method,
        headers,
        body,
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
    } catch (cause) {
      throw new ApiError(
        'unreachable',
        'O serviço não respondeu. Verifique sua conexão e tente de novo.',
        { cause },
      );
    }
  }

  /** Another tab may have renewed the session, or raised it, while this one kept its token. */
  async function againWhenRenewed(
    first: Response,
    request: HttpRequest<z.Schema>,
  ): Promise<{ response: Response; refusal: ApiError | null }> {
    if (first.ok) return { response: first, refusal: null };
    const refusal = await refusalOf(first);
    if (first.status !== 401 && refusal.code !== 'second_factor_required') {
      return { response: first, refusal };
    }
    const renewed = await getToken({ renew: true });
    if (renewed === null) return { response: first, refusal };
    const response = await send(request, renewed);
    return { response, refusal: response.ok ? null : await refusalOf(response) };
  }

  return async (request) => {
    const first = await send(request, await getToken({ renew: false }));
    const { response, refusal } = await againWhenRenewed(first, request);
    if (refusal?.code === 'second_factor_required') options.onSecondFactor?.();
    if (refusal) throw refusal;
    const text = response.status === 204 ? '' : await response.text();
    const parsed = z.safeParse(request.answer, text === '' ? undefined : parseJson(text));
    if (!parsed.success) {
      throw new ApiError('bad_answer', 'O serviço respondeu de um modo inesperado.', {
        status: response.status,
        cause: parsed.error,
      });
    }
    return parsed.data;
  };
}

function bodyOf({ body, file }: HttpRequest<z.Schema>): Blob | string | null {
  if (file) return file.content;
  return body === undefined ? null : JSON.stringify(body);
}

function contentType({ body, file }: HttpRequest<z.Schema>): Record<string, string> {
  if (file) return { 'content-type': file.type };
  return body === undefined ? {} : { 'content-type': 'application/json' };
}

/** What a refused answer says, in pt-BR. */
export async function refusalOf(response: Response): Promise<ApiError> {
  const wait = Number(response.headers.get('retry-after'));
  const common = {
    status: response.status,
    retryAfterSeconds: Number.isFinite(wait) && wait > 0 ? wait : null,
  };
  const parsed = z.safeParse(errorBody, parseJson(await response.text().catch(() => '')));
  if (parsed.success) {
    const { code, message, details } = parsed.data.error;
    return new ApiError(code, message || errorFaces[code].message, { ...common, details });
  }
  const code = codeOfStatus(response.status);
  return new ApiError(code, errorFaces[code].message, common);
}

function codeOfStatus(status: number) {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limited';
  return status >= 502 && status <= 504 ? 'unavailable' : 'internal';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
