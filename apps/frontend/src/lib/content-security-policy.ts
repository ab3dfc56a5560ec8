import type { PublicConfig } from './env.ts';

/**
 * The page's content security policy: no inline script without this answer's nonce, no connection but
 * to our own services. `strict-dynamic` lets scripts with the nonce load their parts.
 */
export function contentSecurityPolicy(
  nonce: string,
  config: Pick<PublicConfig, 'gatewayUrl' | 'realtimeUrl' | 'supabaseUrl'>,
  production: boolean,
): string {
  const { gatewayUrl, realtimeUrl, supabaseUrl } = config;
  const origins = new Set([gatewayUrl, realtimeUrl, supabaseUrl].map((url) => new URL(url).origin));
  const sockets = new URL(realtimeUrl).origin.replace(/^http/, 'ws');
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    // The development server evaluates source maps and pushes changes over its own socket.
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(production ? [] : ["'unsafe-eval'"]),
    ],
    // React and Radix set style attributes and elements.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'", 'blob:', 'mediastream:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...origins, sockets, ...(production ? [] : ['ws:'])],
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}
