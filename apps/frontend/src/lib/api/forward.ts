import { readAccessToken } from '../auth/cookie-session.ts';
import { isSameOrigin } from '../auth/origin.ts';
import { serverEnv } from '../env.ts';

const deadlineMs = 15_000;

/**
 * Passes a request of our own page on to the gateway with the session's token, for callers that hold
 * no token themselves. Answers the gateway's body and status; 401 and 503 in its own form.
 */
export async function forwardToGateway(request: Request, path: string): Promise<Response> {
  const env = serverEnv();
  if (request.method !== 'GET' && !isSameOrigin(request.headers, [env.frontendUrl])) {
    return refusal(403, 'forbidden', 'Este pedido veio de outro endereço.');
  }
  const token = await readAccessToken();
  if (token === null) return refusal(401, 'unauthenticated', 'Entre com sua conta para continuar.');
  const { search } = new URL(request.url);
  try {
    const answer = await fetch(`${env.gatewayUrl}${path}${search}`, {
      method: request.method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: request.method === 'GET' ? null : await request.text(),
      cache: 'no-store',
      signal: AbortSignal.timeout(deadlineMs),
    });
    return new Response(answer.status === 204 ? null : await answer.text(), {
      status: answer.status,
      headers: {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
        'cache-control': 'private, no-store',
      },
    });
  } catch (cause) {
    console.error('[api] the gateway did not answer', path, cause);
    return refusal(503, 'unavailable', 'Este serviço está fora do ar agora. Tente em instantes.');
  }
}

function refusal(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status });
}
