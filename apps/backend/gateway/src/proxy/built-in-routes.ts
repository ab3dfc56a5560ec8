/** A service of ours behind the gateway. */
export type BackService = 'realtime' | 'ai';

/** First path segment under /api → the service that answers. The path itself is never rewritten. */
const proxiedPrefixes = {
  transcription: 'realtime',
  sessions: 'realtime',
  rooms: 'realtime',
  recordings: 'realtime',
  'pcm-transcription': 'realtime',
  openai: 'realtime',
  suggestions: 'ai',
  'ai-pricing': 'ai',
  guidelines: 'ai',
} as const satisfies Record<string, BackService>;

/** What another service answers under a prefix that is otherwise ours (docs/decisions/0022). */
const proxiedPaths: ReadonlyArray<{ path: RegExp; service: BackService }> = [
  { path: /^\/api\/clinic\/doctors\/[^/]+\/voice$/, service: 'realtime' },
];

/** Paths of sockets. They reach the realtime service through the gateway only beside a monolith. */
export const socketPrefixes = ['/socket.io', '/pcm-transcription'] as const;
export type SocketPrefix = (typeof socketPrefixes)[number];

const services = new Map<string, BackService>(Object.entries(proxiedPrefixes));

/**
 * The service that answers a path, or undefined for the gateway itself.
 * Exact and case-sensitive: what we match is what the service behind us will match.
 */
export function serviceOf(target: string): BackService | undefined {
  const path = pathOf(target);
  const [, api, prefix] = path.split('/');
  if (api !== 'api' || prefix === undefined) return undefined;
  return services.get(prefix) ?? proxiedPaths.find((one) => one.path.test(path))?.service;
}

/** The socket prefix that a path stands under. */
export function socketPrefixOf(target: string): SocketPrefix | undefined {
  const path = pathOf(target);
  return socketPrefixes.find((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

/** A request target without its query. */
export function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}
