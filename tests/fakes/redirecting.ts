import { type HttpFake, serveFake } from './http-fake.ts';

export interface RedirectingVendor extends HttpFake {
  /** Requests that came to the vendor, and to where it sends them on. */
  asked: number;
  followed: number;
}

/** A vendor, or whoever took its name over, that answers everything with the address of somebody else. */
export async function startRedirectingVendor(status: 302 | 307): Promise<RedirectingVendor> {
  const elsewhere = await serveFake(async (req, res) => {
    req.resume();
    vendor.followed += 1;
    res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const entrance = await serveFake(async (req, res) => {
    req.resume();
    vendor.asked += 1;
    res.writeHead(status, { location: elsewhere.url }).end();
  });
  const vendor: RedirectingVendor = {
    url: entrance.url,
    asked: 0,
    followed: 0,
    async close() {
      await Promise.all([entrance.close(), elsewhere.close()]);
    },
  };
  return vendor;
}
