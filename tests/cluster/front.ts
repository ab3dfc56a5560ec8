import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What stands in front of several nodes: a line goes to the first node of its list that answers. */
export interface Front {
  url: string;
  close(): void;
}

/** @param ports of the nodes, in order of preference */
export async function startFront(ports: readonly number[]): Promise<Front> {
  const lines = new Set<Socket>();
  const server = createServer((client) => {
    lines.add(client);
    client.on('close', () => lines.delete(client));
    client.on('error', () => client.destroy());
    passOn(client, [...ports]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      for (const line of lines) line.destroy();
    },
  };
}

function passOn(client: Socket, ports: number[]): void {
  const port = ports.shift();
  if (port === undefined) {
    client.destroy();
    return;
  }
  const node = connect(port, '127.0.0.1');
  node.once('connect', () => {
    client.pipe(node);
    node.pipe(client);
    node.on('close', () => client.destroy());
    client.on('close', () => node.destroy());
  });
  node.on('error', () => {
    if (node.connecting || node.bytesRead + node.bytesWritten === 0) passOn(client, ports);
    else client.destroy();
  });
}
