import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the fake does with the next call, in order; afterwards it answers with `text`. */
export type AudioBehaviour =
  | { kind: 'text'; text: string; avgLogprob?: number; noSpeechProb?: number }
  | { kind: 'rate_limited'; retryAfterSeconds: number }
  | { kind: 'server_error' }
  | { kind: 'unauthorized' }
  | { kind: 'slow'; ms: number; text?: string }
  | { kind: 'hang' }
  | { kind: 'cut_off' }
  | { kind: 'not_json' }
  | { kind: 'other_json' };

export interface AudioCall {
  path: string;
  deployment: string | null;
  apiVersion: string | null;
  language: string | null;
  responseFormat: string | null;
  model: string | null;
  seconds: number;
}

export interface FakeAudioServer {
  url: string;
  apiKey: string;
  calls: AudioCall[];
  /** Seconds of sound that the vendor would charge. */
  chargedSeconds(): number;
  next(...behaviours: AudioBehaviour[]): void;
  close(): Promise<void>;
}

const apiKey = 'fake-key';
const riffHeaderBytes = 44;

/**
 * Speaks `POST /audio/transcriptions` as OpenAI does (`/v1/…`, Bearer) and as Azure OpenAI does
 * (`/openai/deployments/<name>/…?api-version=`, `api-key`), with the vendors' error bodies.
 * @param text what it hears: always the same, or by the samples
 */
export async function startFakeAudioServer(
  text: string | ((samples: Int16Array) => string) = 'Bom dia, doutora.',
): Promise<FakeAudioServer> {
  const calls: AudioCall[] = [];
  const queue: AudioBehaviour[] = [];
  let charged = 0;
  const server: Server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      res.destroy(error instanceof Error ? error : undefined);
    });
  });

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://fake');
    const azure = /^\/openai\/deployments\/([^/]+)\/audio\/transcriptions$/.exec(url.pathname);
    if (req.method !== 'POST' || (!azure && url.pathname !== '/v1/audio/transcriptions')) {
      sendError(res, 404, 'invalid_request_error', 'Unknown path');
      return;
    }
    const key = azure ? req.headers['api-key'] : req.headers.authorization?.replace('Bearer ', '');
    if (key !== apiKey) {
      sendError(res, 401, 'invalid_request_error', 'Incorrect API key provided');
      return;
    }
    const form = await formOf(req);
    const file = form.get('file');
    if (!(file instanceof File)) {
      sendError(res, 400, 'invalid_request_error', 'file is required');
      return;
    }
    const wav = Buffer.from(await file.arrayBuffer());
    const seconds = secondsOf(wav);
    const field = (name: string) => form.get(name)?.toString() ?? null;
    const responseFormat = field('response_format');
    calls.push({
      path: url.pathname,
      deployment: azure?.[1] ?? null,
      apiVersion: url.searchParams.get('api-version'),
      language: field('language'),
      responseFormat,
      model: field('model'),
      seconds,
    });
    const heard = typeof text === 'string' ? text : text(samplesOf(wav));
    const behaviour = queue.shift() ?? { kind: 'text' as const, text: heard };
    await behave(res, withText(behaviour, heard), seconds, responseFormat);
  }

  async function behave(
    res: ServerResponse,
    behaviour: AudioBehaviour & { text: string },
    seconds: number,
    format: string | null,
  ): Promise<void> {
    switch (behaviour.kind) {
      case 'text':
        charged += seconds;
        sendText(res, behaviour, seconds, format);
        return;
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, behaviour.ms));
        charged += seconds;
        sendText(res, behaviour, seconds, format);
        return;
      case 'rate_limited':
        res.setHeader('Retry-After', String(behaviour.retryAfterSeconds));
        sendError(res, 429, 'requests', 'Requests have exceeded the call rate limit');
        return;
      case 'server_error':
        sendError(res, 500, 'server_error', 'The server had an error');
        return;
      case 'unauthorized':
        sendError(res, 401, 'invalid_request_error', 'Access denied');
        return;
      case 'hang':
        return;
      case 'cut_off':
        charged += seconds;
        res.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        res.write('{"text":"Bom d');
        setTimeout(() => res.destroy(), 20);
        return;
      case 'not_json':
        charged += seconds;
        res.writeHead(200, { 'content-type': 'application/json' });
        res.end('<html>proxy error</html>');
        return;
      case 'other_json':
        charged += seconds;
        res.writeHead(200, { 'content-type': 'application/json' });
        res.end(JSON.stringify({ transcript: ['Bom dia'] }));
        return;
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey,
    calls,
    chargedSeconds: () => charged,
    next: (...behaviours) => queue.push(...behaviours),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendText(
  res: ServerResponse,
  said: { text: string; avgLogprob?: number; noSpeechProb?: number },
  seconds: number,
  format: string | null,
): void {
  res.writeHead(200, { 'content-type': 'application/json' });
  if (format !== 'verbose_json') {
    res.end(JSON.stringify({ text: said.text }));
    return;
  }
  const segment = {
    id: 0,
    seek: 0,
    start: 0,
    end: seconds,
    text: said.text,
    tokens: [50364],
    temperature: 0,
    avg_logprob: said.avgLogprob ?? -0.2,
    compression_ratio: 1.1,
    no_speech_prob: said.noSpeechProb ?? 0.01,
  };
  res.end(
    JSON.stringify({
      task: 'transcribe',
      language: 'portuguese',
      duration: seconds,
      text: said.text,
      segments: said.text === '' ? [] : [segment],
    }),
  );
}

function sendError(res: ServerResponse, status: number, type: string, message: string): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ error: { message, type, param: null, code: String(status) } }));
}

async function formOf(req: IncomingMessage): Promise<FormData> {
  const pieces: Buffer[] = [];
  for await (const piece of req as AsyncIterable<Buffer>) pieces.push(piece);
  return new Response(Buffer.concat(pieces), {
    headers: { 'content-type': req.headers['content-type'] ?? '' },
  }).formData();
}

/** A slow answer hears what a fast one would have heard, unless the test says otherwise. */
function withText(behaviour: AudioBehaviour, heard: string): AudioBehaviour & { text: string } {
  const text = 'text' in behaviour ? behaviour.text : undefined;
  return { ...behaviour, text: text ?? heard };
}

function samplesOf(wav: Buffer): Int16Array {
  const bytes = new Uint8Array(wav.subarray(riffHeaderBytes));
  return new Int16Array(bytes.buffer, 0, bytes.length >> 1);
}

/** The vendor reads the file: what is no 16 kHz mono WAV is a bug of ours. */
function secondsOf(wav: Buffer): number {
  if (wav.toString('latin1', 0, 4) !== 'RIFF' || wav.readUInt32LE(24) !== 16_000) {
    throw new Error('the file is no 16 kHz WAV');
  }
  return (wav.length - riffHeaderBytes) / 2 / 16_000;
}
