import type { ServerResponse } from 'node:http';

const notFiltered = { filtered: false, severity: 'safe' };
/** The annotations that Azure adds to everything that passed its filter. */
export const safeResults = {
  hate: notFiltered,
  self_harm: notFiltered,
  sexual: notFiltered,
  violence: notFiltered,
};

export function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
}

/** An error as both vendors write it. */
export function sendError(
  res: ServerResponse,
  status: number,
  error: { message: string; type?: string; param?: string; code?: string },
): void {
  sendJson(res, status, {
    error: {
      message: error.message,
      type: error.type ?? 'invalid_request_error',
      param: error.param ?? null,
      code: error.code ?? null,
    },
  });
}

/** Azure's answer to a prompt that its filter refuses. */
export function sendPromptFiltered(res: ServerResponse): void {
  sendJson(res, 400, {
    error: {
      message:
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: {
          ...safeResults,
          self_harm: { filtered: true, severity: 'medium' },
          jailbreak: { filtered: false, detected: false },
        },
      },
    },
  });
}

/** What a server says of a parameter that it does not take. */
export function sendUnsupported(res: ServerResponse, param: string, hint: string): void {
  sendError(res, 400, {
    message: `Unsupported parameter: '${param}' is not supported with this model. ${hint}`,
    param,
    code: 'unsupported_parameter',
  });
}
