import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { roomJwksPath } from '@medcall/service-kit';
import { peopleIssuer, type TestTokens } from '@medcall/service-kit/testing/tokens';

/** Publishes the test's keys where a service process looks for the gateway's. */
export interface IdentityServer {
  /** Environment with which a service accepts the test's tokens. */
  environment: Record<string, string>;
  close(): void;
}

const peopleKeysPath = '/people/jwks.json';

export async function startIdentityServer(tokens: TestTokens): Promise<IdentityServer> {
  const server = createServer((req, res) => {
    const known = req.url === roomJwksPath || req.url === peopleKeysPath;
    res.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    res.end(JSON.stringify(known ? tokens.jwks : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: {
      GATEWAY_INTERNAL_URL: url,
      AUTH_PROVIDER: 'embedded',
      AUTH_ISSUERS: JSON.stringify([
        {
          issuer: peopleIssuer,
          audience: 'authenticated',
          algorithms: ['ES256'],
          jwksUrl: url + peopleKeysPath,
        },
      ]),
      INTERNAL_SERVICE_SECRET: 'verification only: signs nothing that anybody else reads',
    },
    close: () => server.close(),
  };
}
