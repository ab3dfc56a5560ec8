import {
  type Consultation,
  type CreateConsultation,
  captureSession,
  consultation,
  createdInvitation,
  errorBody,
  exchangedInvitation,
  type GiveConsent,
  listOf,
  me,
  patientCard,
  transcript,
} from '@medcall/shared-types';
import { z } from 'zod';

/** A refused request, with the service's own code and sentence. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(request: string, status: number, code: string, message: string) {
    super(`${request}: ${status} ${code}: ${message}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

const tokenAnswer = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
});
export type Session = z.infer<typeof tokenAnswer>;

export interface SignIn {
  /** Base address of Supabase Auth's API, without /auth/v1. The gateway's own with the embedded identity. */
  authUrl: string;
  anonKey: string;
  email: string;
  password: string;
}

const requestTimeoutMs = 15_000;

/** Password sign-in over Supabase Auth's HTTP API. @throws ApiError */
export async function signIn(options: SignIn): Promise<Session> {
  const response = await fetch(`${options.authUrl}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', apikey: options.anonKey },
    body: JSON.stringify({ email: options.email, password: options.password }),
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    throw new ApiError('sign-in', response.status, 'unauthenticated', describe(body));
  }
  return tokenAnswer.parse(body);
}

function describe(body: unknown): string {
  const refused = z.safeParse(errorBody, body);
  return refused.success ? refused.data.error.message : JSON.stringify(body);
}

/** @throws ApiError on 4xx and 5xx */
async function answerOf(request: string, response: Response): Promise<unknown> {
  const answer: unknown = response.status === 204 ? null : await response.json();
  if (response.ok) return answer;
  const refused = z.safeParse(errorBody, answer);
  const code = refused.success ? refused.data.error.code : 'unknown';
  throw new ApiError(request, response.status, code, describe(answer));
}

/** What the REST interface offers to one person, typed by the shared schemas. */
export class ApiClient {
  readonly #gateway: string;
  readonly #token: string | undefined;
  readonly #traceparent: (() => string) | undefined;

  /** @param traceparent of each request, as a traced page gives it */
  constructor(gateway: string, token?: string, traceparent?: () => string) {
    this.#gateway = gateway.replace(/\/$/, '');
    this.#token = token;
    this.#traceparent = traceparent;
  }

  /** Any route; the status decides, the body is whatever JSON came. @throws ApiError on 4xx and 5xx */
  async request(method: string, path: string, body?: unknown): Promise<unknown> {
    return answerOf(`${method} ${path}`, await this.send(method, path, body));
  }

  /** Sends a file as the body itself. @throws ApiError on 4xx and 5xx */
  async upload(method: string, path: string, file: Uint8Array, type: string): Promise<unknown> {
    const response = await fetch(`${this.#gateway}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token ?? ''}`, 'content-type': type },
      body: new Uint8Array(file),
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    return answerOf(`${method} ${path}`, response);
  }

  /** The bare response, for callers who care about status and headers. */
  send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#gateway}${path}`, {
      method,
      headers: {
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#traceparent ? { traceparent: this.#traceparent() } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
  }

  async me() {
    return me.parse(await this.request('GET', '/api/me'));
  }

  async patients() {
    return listOf(patientCard).parse(await this.request('GET', '/api/patients')).items;
  }

  async createPatient(name: string) {
    return patientCard.parse(await this.request('POST', '/api/patients', { name }));
  }

  async createConsultation(body: CreateConsultation): Promise<Consultation> {
    return consultation.parse(await this.request('POST', '/api/consultations', body));
  }

  async consultation(id: string): Promise<Consultation> {
    return consultation.parse(await this.request('GET', `/api/consultations/${id}`));
  }

  async invite(consultationId: string) {
    const body = { consultationId, kind: 'patient' };
    return createdInvitation.parse(await this.request('POST', '/api/invitations', body));
  }

  /** @param birthDate YYYY-MM-DD: what opens a link to documents */
  async exchangeInvitation(token: string, birthDate?: string) {
    return z.parse(
      exchangedInvitation,
      await this.request('POST', '/api/invitations/exchange', { token, birthDate }),
    );
  }

  async giveConsent(consultationId: string, body: GiveConsent): Promise<void> {
    await this.request('POST', `/api/consultations/${consultationId}/consents`, body);
  }

  async transcript(consultationId: string) {
    const path = `/api/consultations/${consultationId}/transcript?format=json`;
    return transcript.parse(await this.request('GET', path));
  }

  async sessions(roomId: string) {
    const path = `/api/sessions?room_id=${encodeURIComponent(roomId)}`;
    return listOf(captureSession).parse(await this.request('GET', path)).items;
  }
}
