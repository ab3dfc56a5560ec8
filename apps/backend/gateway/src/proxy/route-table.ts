import { z } from 'zod';
import {
  type BackService,
  pathOf,
  type SocketPrefix,
  serviceOf,
  socketPrefixes,
  socketPrefixOf,
} from './built-in-routes.ts';
import {
  isShadowable,
  mayBeShadowed,
  type ShadowRule,
  shadowablePrefixes,
  shadowRule,
} from './shadow/shadow-rules.ts';

/** Who answers: the monolith that is being replaced, the gateway itself, or a service behind it. */
export type Answerer = 'monolith' | 'gateway' | BackService;

export interface RouteTable {
  /** The longest prefix that a path stands under decides. */
  answererOf(target: string): Answerer;
  /** Whether reads of a path are compared with the other side, and how. */
  shadowOf(target: string): ShadowRule | undefined;
  /** Where a socket is upgraded to; undefined when sockets do not pass the gateway. */
  socketAnswererOf(target: string): 'monolith' | 'realtime' | undefined;
}

/** No monolith: every path is answered by who has it, and sockets go to the realtime service directly. */
export const builtInRoutes: RouteTable = {
  answererOf: (target) => serviceOf(target) ?? 'gateway',
  shadowOf: () => undefined,
  socketAnswererOf: () => undefined,
};

const answerer = z.enum(['monolith', 'gateway', 'realtime', 'ai']);
const prefix = z
  .string()
  .regex(
    /^(\/api\/[A-Za-z0-9_-]+(\/[A-Za-z0-9_.-]+)*|\/auth\/v1|\/socket\.io|\/pcm-transcription)$/,
    'is /api/<name>, a path below it, /auth/v1, /socket.io or /pcm-transcription',
  );

/**
 * The file `ROUTE_TABLE_FILE`: `{ "default": "monolith", "routes": { "/api/patients": "gateway" } }`,
 * and under `shadow` by prefix what is compared.
 * `default` answers for every prefix that is not named: "monolith" at first, "services" at the end,
 * so that nothing that was forgotten still needs the monolith.
 */
const routeTableFile = z
  .strictObject({
    default: z.enum(['monolith', 'services']).default('monolith'),
    routes: z.record(prefix, answerer).default({}),
    shadow: z.record(prefix, shadowRule).default({}),
  })
  .superRefine(({ routes, shadow }, context) => {
    for (const path of Object.keys(shadow)) {
      if (isShadowable(path) && ownAnswererOf(path) === 'gateway') continue;
      context.addIssue({
        code: 'custom',
        path: ['shadow', path],
        message: `is not compared: reads of ${shadowablePrefixes.join(', ')} are`,
      });
    }
    for (const [path, wanted] of Object.entries(routes)) {
      const own = ownAnswererOf(path);
      if (wanted === 'monolith' || wanted === own) continue;
      context.addIssue({
        code: 'custom',
        path: ['routes', path],
        message: `is answered by "${own}" or "monolith", not by "${wanted}"`,
      });
    }
  });

/** @throws ZodError or SyntaxError for a file that says something else than a table */
export function parseRouteTable(text: string): RouteTable {
  return routeTable(routeTableFile.parse(JSON.parse(text)));
}

/** All to the monolith: how a migration begins. */
export const monolithRoutes: RouteTable = routeTable({
  default: 'monolith',
  routes: {},
  shadow: {},
});

function routeTable(table: z.infer<typeof routeTableFile>): RouteTable {
  const named = Object.entries(table.routes).sort(([a], [b]) => b.length - a.length);
  const shadowed: ShadowRule[] = Object.entries(table.shadow)
    .map(([one, rule]) => ({ prefix: one, ...rule }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  const isMonoliths = (path: string) => {
    const found = named.find(([one]) => path === one || path.startsWith(`${one}/`));
    return (found?.[1] ?? table.default) === 'monolith';
  };
  return {
    answererOf(target) {
      const path = pathOf(target);
      return isMonoliths(path) ? 'monolith' : ownAnswererOf(path);
    },
    shadowOf(target) {
      const path = pathOf(target);
      if (!mayBeShadowed(path) || ownAnswererOf(path) !== 'gateway') return undefined;
      return shadowed.find(({ prefix: one }) => path === one || path.startsWith(`${one}/`));
    },
    socketAnswererOf(target) {
      const socket = socketPrefixOf(target);
      if (socket === undefined) return undefined;
      return isMonoliths(socket) ? 'monolith' : 'realtime';
    },
  };
}

/** Who of us answers a path when the monolith does not. */
function ownAnswererOf(path: string): Exclude<Answerer, 'monolith'> {
  if (socketPrefixOf(path) !== undefined) return 'realtime';
  return serviceOf(path) ?? 'gateway';
}

/** The socket prefixes that another one answers than before. */
export function movedSockets(before: RouteTable, after: RouteTable): SocketPrefix[] {
  return socketPrefixes.filter(
    (one) => before.socketAnswererOf(one) !== after.socketAnswererOf(one),
  );
}
