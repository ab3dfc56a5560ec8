import { createServer } from 'node:net';
import type { Ports, ServiceName } from './settings.ts';

function tryListen(port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? null) : null));
    });
  });
}

/** Services whose port somebody else holds. */
export async function takenPorts(
  ports: Ports,
  services: readonly ServiceName[],
  host: string,
): Promise<ServiceName[]> {
  const taken: ServiceName[] = [];
  for (const service of services) {
    if ((await tryListen(ports[service], host)) === null) taken.push(service);
  }
  return taken;
}

/** Ports that nobody holds right now, for a copy of the system beside another. */
export async function freePorts(): Promise<Ports> {
  const ports = new Set<number>();
  while (ports.size < 4) {
    const port = await tryListen(0, '127.0.0.1');
    if (port !== null) ports.add(port);
  }
  const [frontend = 0, gateway = 0, realtime = 0, ai = 0] = ports;
  return { frontend, gateway, 'realtime-service': realtime, 'ai-service': ai };
}
