import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientOf, type Logger } from '@medcall/service-kit';
import { pathOf } from '../built-in-routes.ts';
import { hasBody, requestHeaders } from '../headers.ts';
import type { RouteTable } from '../route-table.ts';
import { isSafePath } from '../safe-path.ts';
import type { Upstream } from '../upstream.ts';
import { compareAnswers } from './compare-answers.ts';
import { routeName } from './route-name.ts';
import { type ShadowAnswerer, shadowHeader } from './shadow-answerer.ts';
import type { ShadowReport } from './shadow-report.ts';
import type { ShadowRule } from './shadow-rules.ts';
import { type SeenAnswer, teeAnswer, unpacked } from './tee-answer.ts';

export interface ShadowReadsDeps {
  table: () => RouteTable;
  monolith: Upstream;
  own: () => ShadowAnswerer | undefined;
  report: ShadowReport;
  trustProxyHops: number;
  /** From the first byte of the shadow request to the last of its answer. */
  deadlineMs: number;
  logger: Logger;
  /** 0 to 1. */
  random?: () => number;
}

/** More at once are not asked for: a slow other side costs this much memory and no more. */
const mostAtOnce = 8;
const maxBytes = 1024 * 1024;
/** Such a read has another answer than a plain one. */
const conditional = [
  'if-none-match',
  'if-modified-since',
  'if-match',
  'if-unmodified-since',
  'range',
];

interface Planned {
  rule: ShadowRule;
  primary: 'monolith' | 'services';
  route: string;
  target: string;
  method: 'GET' | 'HEAD';
  headers: string[];
}

/**
 * Looks at a request before it is answered; where a rule of the table says so, asks the other side the same
 * once the client has its answer, and reports how the two differ. Reads only, by construction; nothing here
 * stands between the client and the answer.
 */
export function shadowReads(
  deps: ShadowReadsDeps,
): (req: IncomingMessage, res: ServerResponse) => void {
  const { deadlineMs, logger, own, report, random = Math.random } = deps;
  let atOnce = 0;

  async function compare(planned: Planned, seen: SeenAnswer | null): Promise<void> {
    const { primary, route, rule } = planned;
    if (seen === null) return report.record(route, 'skipped');
    if (atOnce >= mostAtOnce) return report.record(route, 'dropped');
    atOnce += 1;
    try {
      const other = await ask(planned);
      if (other === null) return report.record(route, 'skipped');
      const [monolith, services] = primary === 'monolith' ? [seen, other] : [other, seen];
      const differences = compareAnswers(monolith, services, rule.ignore);
      if (differences === null) return report.record(route, 'skipped');
      report.record(route, differences.length === 0 ? 'same' : 'different', differences);
    } catch (error) {
      report.record(route, 'failed');
      logger.debug({ route, code: codeOf(error) }, 'a shadow read was not answered');
    } finally {
      atOnce -= 1;
    }
  }

  /** @returns null for an answer that is too long or packed in a way that we do not know */
  async function ask({ headers, method, primary, target }: Planned): Promise<SeenAnswer | null> {
    const answerer = own();
    const isOwn = primary === 'monolith';
    if (isOwn && !answerer) throw new Error('our own side is not listening');
    const upstream = isOwn && answerer ? answerer.upstream : deps.monolith;
    const mark = isOwn && answerer ? answerer.secret : '1';
    const answer = await upstream.pool.request({
      path: target,
      method,
      headers: [...headers, 'Accept-Encoding', 'identity', shadowHeader, mark],
      signal: AbortSignal.timeout(deadlineMs),
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    // Leaving the loop early closes the connection.
    for await (const chunk of answer.body) {
      const piece = Buffer.from(chunk);
      bytes += piece.length;
      if (bytes > maxBytes) return null;
      chunks.push(piece);
    }
    const header = (name: string) => String(answer.headers[name] ?? '');
    const body = unpacked(Buffer.concat(chunks), header('content-encoding'), maxBytes);
    return body && { status: answer.statusCode, type: header('content-type'), body };
  }

  return (req, res) => {
    const planned = plan(deps, req, random);
    if (!planned) return;
    teeAnswer(res, maxBytes, (seen) => void compare(planned, seen));
  };
}

function plan(
  { table, trustProxyHops }: ShadowReadsDeps,
  req: IncomingMessage,
  random: () => number,
): Planned | undefined {
  const target = req.url ?? '';
  const { method } = req;
  if ((method !== 'GET' && method !== 'HEAD') || hasBody(req) || !isSafePath(target))
    return undefined;
  const rule = table().shadowOf(target);
  if (!rule || conditional.some((name) => req.headers[name] !== undefined)) return undefined;
  if (random() >= rule.sample) return undefined;
  const { address, protocol } = clientOf(req, trustProxyHops);
  const headers = requestHeaders(req, {
    clientAddress: address,
    protocol,
    requestId: randomUUID(),
  });
  return {
    rule,
    primary: table().answererOf(target) === 'monolith' ? 'monolith' : 'services',
    route: routeName(pathOf(target), rule.prefix),
    target,
    method,
    headers: without(headers, 'accept-encoding'),
  };
}

/** Names and values by turns. */
function without(headers: readonly string[], name: string): string[] {
  return headers.filter((_, at) => headers[at - (at % 2)]?.toLowerCase() !== name);
}

function codeOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
