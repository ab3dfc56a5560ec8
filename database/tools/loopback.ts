const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]', '']);

/**
 * Whether a database address points to this machine. A `host` parameter overrules the address's own
 * host, as libpq and pg read it; a path is a socket file.
 */
export function isLoopback(databaseUrl: string): boolean {
  const url = new URL(databaseUrl);
  const hosts = [url.hostname, ...url.searchParams.getAll('host')];
  return hosts.every((host) => LOOPBACK.has(host) || host.startsWith('/'));
}
