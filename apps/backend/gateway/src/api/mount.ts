import { pipeline } from 'node:stream/promises';
import {
  AppError,
  bearerToken,
  type Caller,
  type Denials,
  mayCall,
  mustNameOwnRoom,
  notFound,
  roleOf,
  type TokenVerifier,
  type UserCaller,
} from '@medcall/service-kit';
import { asksNoToken, type Permission, permissionOf, routeName } from '@medcall/shared-types';
import { json, type Request, type Response, Router, urlencoded } from 'express';
import type { z } from 'zod';
import type { Members } from '../services/members.ts';
import type { Answer, RequestOrigin, Route, RouteCaller } from './route.ts';

export interface MountDeps {
  verifier: TokenVerifier;
  members: Members;
  /** Told when somebody known asks for what their role does not allow. */
  denials: Denials;
}

const bodyLimit = '1mb';

/**
 * Makes a router of declared routes: token, permission, parsed request, answer.
 * @throws Error for a route without a line in the permission table, or with one of another kind
 */
export function mountRoutes(routes: readonly Route[], deps: MountDeps): Router {
  const router = Router({ caseSensitive: true });
  router.use('/api', json({ limit: bodyLimit }));
  for (const declared of routes) {
    const name = routeName(declared.method, declared.path);
    const permission = permissionOf(name);
    if (asksNoToken(permission) !== (declared.asks === 'nothing')) {
      throw new Error(`${name}: publicRoute goes with public or signed, route with roles`);
    }
    if (declared.bodyType)
      router.use(declared.path, urlencoded({ extended: false, limit: bodyLimit }));
    router[declared.method](declared.path, async (req, res) => {
      res.setHeader('Cache-Control', 'no-store');
      await send(res, await answerTo(declared, permission, req, deps));
    });
  }
  return router;
}

async function answerTo(
  declared: Route,
  permission: Permission,
  req: Request,
  deps: MountDeps,
): Promise<Answer<unknown>> {
  const origin: RequestOrigin = {
    ip: req.ip ?? '0.0.0.0',
    userAgent: req.get('user-agent')?.slice(0, 400) ?? null,
    requestId: req.id,
  };
  await declared.limiter?.take(origin.ip);
  if (declared.asks === 'nothing') {
    const request = { originalUrl: req.originalUrl, header: (name: string) => req.get(name) };
    return declared.handle({ ...parseRequest(declared, req), origin, request });
  }
  const who = await authorise(req, deps);
  if (!mayCall(permission, who.role)) {
    await deps.denials.record({ ...who, ...origin });
    throw new AppError('forbidden');
  }
  mustNameOwnRoom(who.caller, declared.path, req.params);
  try {
    return await declared.handle({ ...parseRequest(declared, req), ...who, origin });
  } catch (error) {
    // Refused by a rule behind the table, for example a colleague's note: a denial all the same.
    if (error instanceof AppError && error.code === 'forbidden') {
      await deps.denials.record({ ...who, ...origin });
    }
    throw error;
  }
}

async function authorise(req: Request, deps: MountDeps): Promise<RouteCaller> {
  const token = bearerToken(req.get('authorization'));
  if (token === undefined) throw new AppError('unauthenticated');
  const caller = personOf(await deps.verifier.verify(token));
  const member = caller.kind === 'member' ? await deps.members.of(caller) : null;
  return { caller, role: roleOf(caller, member), member };
}

/** Our other services have no business on the gateway's own routes. */
function personOf(caller: Caller): UserCaller {
  if (caller.kind === 'service') throw new AppError('forbidden');
  return caller;
}

function parseRequest(declared: Route, req: Request): { params: never; query: never; body: never } {
  const params = declared.params?.safeParse(req.params);
  // An id that cannot exist is an id that does not exist.
  if (params && !params.success) throw notFound();
  return {
    params: params?.data as never,
    query: parsed(declared.query, req.query),
    body: parsed(declared.body, req.body ?? {}),
  };
}

function parsed(schema: z.ZodType | undefined, value: unknown): never {
  return schema?.parse(value) as never;
}

async function send(res: Response, answer: Answer<unknown>): Promise<void> {
  res.status(answer.status);
  if ('headers' in answer && answer.headers) res.set(answer.headers);
  if ('json' in answer) res.json(answer.json);
  else if ('stream' in answer) {
    res.type(answer.contentType);
    await pipeline(answer.stream, res).catch(unlessTheCallerLeft);
  } else if ('bytes' in answer) res.type(answer.contentType).send(answer.bytes);
  else if ('text' in answer) res.type(answer.contentType).send(answer.text);
  else res.end();
}

/** Somebody who closes the page in the middle of a download is no failure of ours. */
function unlessTheCallerLeft(error: unknown): void {
  const left =
    error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
  if (!left) throw error;
}
