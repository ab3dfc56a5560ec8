import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

const protect = helmet({
  contentSecurityPolicy: {
    // Data, no page: helmet's defaults would allow more, at three times the length.
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  referrerPolicy: { policy: 'no-referrer' },
});

/** helmet's headers for our answers, as names and values by turns: they are the same every time. */
export const securityHeaders: readonly string[] = (() => {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  protect(new IncomingMessage(new Socket()), answer, () => undefined);
  return Object.entries(answer.getHeaders()).flatMap(([name, value]) => [name, String(value)]);
})();
