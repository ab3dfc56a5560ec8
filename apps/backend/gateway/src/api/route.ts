import type { Readable } from 'node:stream';
import type { Limiter, UserCaller } from '@medcall/service-kit';
import type { MedcallRole } from '@medcall/shared-types';
import type { z } from 'zod';
import type { Member } from '../services/members.ts';

/** Where a request came from: for audit rows, consents and logs. */
export interface RequestOrigin {
  ip: string;
  userAgent: string | null;
  requestId: string;
}

/** Who asks, after the route's roles were checked. `member` is there for people with an account. */
export interface RouteCaller {
  caller: UserCaller;
  role: MedcallRole;
  member: Member | null;
}

interface Parsed<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  origin: RequestOrigin;
}
/** What a caller without a token may prove himself with: a signature over what he sent. */
export interface SignedRequest {
  /** Path and query as they came. */
  originalUrl: string;
  header(name: string): string | undefined;
}
export type PublicContext<P, Q, B> = Parsed<P, Q, B> & { request: SignedRequest };
export type CallerContext<P, Q, B> = Parsed<P, Q, B> & RouteCaller;

/** What a handler returns: JSON of the declared shape, or text, bytes or a stream with their media type. */
export type Answer<R> =
  | { status: number; json: R; headers?: Record<string, string> }
  | { status: number; text: string; contentType: string; headers?: Record<string, string> }
  | { status: number; bytes: Buffer; contentType: string; headers?: Record<string, string> }
  /** Sent as it comes; a stream that fails cuts the answer off, so that nobody takes it for whole. */
  | { status: number; stream: Readable; contentType: string; headers?: Record<string, string> }
  | { status: 204 };

interface RouteFacts<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.core.$ZodType,
> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express path under the root, for example `/api/patients/:id`. */
  path: `/api/${string}`;
  tag: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Media type of the request's body; JSON when left out. */
  bodyType?: 'application/x-www-form-urlencoded';
  /** For what may be guessed at: each request takes from it by its address before it is read. */
  limiter?: Limiter;
  /** Status of success and what it holds; absent for 204 and plain text. */
  success: {
    status: number;
    description: string;
    json?: R;
    text?: readonly string[];
    bytes?: readonly string[];
  };
}

export interface PublicRoute<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.core.$ZodType = z.ZodType,
> extends RouteFacts<P, Q, B, R> {
  handle(
    context: PublicContext<z.output<P>, z.output<Q>, z.output<B>>,
  ): Promise<Answer<z.input<R>>>;
}

export interface CallerRoute<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.core.$ZodType = z.ZodType,
> extends RouteFacts<P, Q, B, R> {
  handle(
    context: CallerContext<z.output<P>, z.output<Q>, z.output<B>>,
  ): Promise<Answer<z.input<R>>>;
}

/** A route as the router and the OpenAPI document read it. */
export type Route = RouteFacts<z.ZodType, z.ZodType, z.ZodType, z.core.$ZodType> &
  (
    | {
        asks: 'nothing';
        handle(context: PublicContext<never, never, never>): Promise<Answer<unknown>>;
      }
    | {
        asks: 'bearer';
        handle(context: CallerContext<never, never, never>): Promise<Answer<unknown>>;
      }
  );

/**
 * Declares a route once: its schemas check requests, type the handler and make the OpenAPI document.
 * Who may call it stands in the permission table (packages/shared-types/src/permission-table.ts).
 */
export function route<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.core.$ZodType = z.ZodNever,
>(declared: CallerRoute<P, Q, B, R>): Route {
  return { ...declared, asks: 'bearer' } as unknown as Route;
}

/** The same for routes that ask for no token: `public` or `signed` in the permission table. */
export function publicRoute<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.core.$ZodType = z.ZodNever,
>(declared: PublicRoute<P, Q, B, R>): Route {
  return { ...declared, asks: 'nothing' } as unknown as Route;
}
