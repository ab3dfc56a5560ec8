import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { AppError } from '@medcall/service-kit';
import type { Dispatcher } from 'undici';
import { type ForwardedBy, hasBody, requestHeaders, responseHeaders } from './headers.ts';
import { isSaturated, type ProxyDeadlines, type Upstream } from './upstream.ts';

class ClientGone extends Error {}

/** Request bodies that arrive after the answer are read away up to here, so that the client sees the answer. */
const maxDrainedBytes = 8 * 1024 * 1024;

/** One request on its way through us. */
export interface Passage {
  req: IncomingMessage;
  res: ServerResponse;
  by: ForwardedBy;
  /** Our own headers of the answer, as names and values by turns. */
  answerHeaders: readonly string[];
  /** Answers what went wrong; called when nothing was answered yet. */
  fail(error: AppError): void;
}

/**
 * Sends a request on to a service, path unchanged, and streams the answer back.
 * Must stand before any body parser. A service that is away, silent or saturated gives `unavailable`
 * when nothing was answered yet; after that the connection is cut, so that half an answer is seen as one.
 */
export function forward(upstream: Upstream, deadlines: ProxyDeadlines, passage: Passage): void {
  if (isSaturated(upstream)) {
    passage.fail(unavailable(new Error(`${upstream.name} is saturated`)));
    return;
  }
  new Exchange(upstream, deadlines, passage).start();
}

function unavailable(cause: Error): AppError {
  return new AppError('unavailable', { cause, retryAfterMs: 2000 });
}

class Exchange {
  readonly #upstream: Upstream;
  readonly #deadlines: ProxyDeadlines;
  readonly #passage: Passage;
  readonly #req: IncomingMessage;
  readonly #res: ServerResponse;
  #controller: Dispatcher.DispatchController | undefined;
  #body: Readable | null = null;
  #answerDeadline: NodeJS.Timeout | undefined;
  #bodyIdle: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  #settled = false;

  constructor(upstream: Upstream, deadlines: ProxyDeadlines, passage: Passage) {
    this.#upstream = upstream;
    this.#deadlines = deadlines;
    this.#passage = passage;
    this.#req = passage.req;
    this.#res = passage.res;
  }

  start(): void {
    const req = this.#req;
    this.#body = hasBody(req) ? this.#takeBody() : null;
    if (this.#body === null) this.#awaitAnswer();
    this.#res.once('close', this.#onClientClose);
    this.#upstream.pool.dispatch(
      {
        path: req.url ?? '/',
        method: req.method as Dispatcher.HttpMethod,
        headers: requestHeaders(req, this.#passage.by),
        body: this.#body,
      },
      this.#handler(),
    );
  }

  #handler(): Dispatcher.DispatchHandler {
    return {
      onRequestStart: (controller) => {
        this.#controller = controller;
        if (this.#failure) controller.abort(this.#failure);
      },
      onResponseStart: (_controller, status, headers, statusMessage) => {
        if (status < 200) return;
        clearTimeout(this.#answerDeadline);
        const res = this.#res;
        const head = responseHeaders(this.#passage.answerHeaders, headers);
        // An answer before the end of the upload: the connection cannot be used again.
        if (!this.#req.complete) head.push('Connection', 'close');
        res.writeHead(status, statusMessage || undefined, head);
        // Head and body that came in one piece leave in one: undici gives them within this turn of the loop.
        // The line is held back and not the answer: a chunked answer that is corked and ended loses its body.
        const { socket } = res;
        socket?.cork();
        process.nextTick(() => socket?.uncork());
        res.flushHeaders();
      },
      onResponseData: (controller, chunk) => {
        if (!this.#res.write(chunk)) {
          controller.pause();
          this.#res.once('drain', () => controller.resume());
        }
      },
      onResponseEnd: () => this.#settle(() => this.#res.end()),
      onResponseError: (_controller, error) => this.#fail(error),
    };
  }

  /**
   * The client's body as a stream of its own: undici destroys a body that it no longer wants, and
   * destroying the request would cut the client off before it has read the answer.
   */
  #takeBody(): Readable {
    const body = new PassThrough();
    const touch = () => {
      clearTimeout(this.#bodyIdle);
      this.#bodyIdle = setTimeout(
        () => this.#abort(this.#whoStalls(body)),
        this.#deadlines.bodyIdleMs,
      );
    };
    touch();
    this.#req.on('data', touch);
    this.#req.once('end', () => {
      clearTimeout(this.#bodyIdle);
      this.#awaitAnswer();
    });
    this.#req.once('close', () => {
      if (!this.#req.complete) body.destroy(new ClientGone());
    });
    body.once('error', () => undefined);
    this.#req.pipe(body);
    return body;
  }

  /** A body stands still because the service does not take it, or because the client does not send it. */
  #whoStalls(body: PassThrough): Error {
    return body.writableNeedDrain
      ? new Error(`${this.#upstream.name} stopped reading`)
      : new AppError('validation_failed', { message: 'O envio parou no meio.' });
  }

  /** Covers the queue and the connection too, which undici's own headers deadline does not. */
  #awaitAnswer(): void {
    if (this.#settled || this.#res.headersSent) return;
    const { connectMs, headersMs } = this.#deadlines;
    this.#answerDeadline = setTimeout(
      () => this.#abort(new Error(`${this.#upstream.name} did not answer in time`)),
      connectMs + headersMs,
    );
  }

  readonly #onClientClose = () => {
    if (!this.#res.writableFinished) this.#abort(new ClientGone());
  };

  #abort(reason: Error): void {
    this.#failure ??= reason;
    if (this.#controller) this.#controller.abort(reason);
    else this.#fail(reason);
  }

  #fail(error: Error): void {
    this.#settle(() => {
      const reason = this.#failure ?? error;
      if (reason instanceof ClientGone || this.#res.destroyed) return;
      if (this.#res.headersSent) {
        this.#res.destroy(reason);
        return;
      }
      this.#res.setHeader('Connection', 'close');
      this.#passage.fail(reason instanceof AppError ? reason : unavailable(reason));
    });
  }

  #settle(finish: () => void): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#answerDeadline);
    clearTimeout(this.#bodyIdle);
    this.#res.off('close', this.#onClientClose);
    finish();
    if (this.#body !== null && !this.#req.complete) this.#drain();
  }

  #drain(): void {
    const req = this.#req;
    let left = maxDrainedBytes;
    req.unpipe();
    this.#body?.destroy();
    const cut = setTimeout(() => req.destroy(), this.#deadlines.bodyIdleMs);
    req.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) req.destroy();
    });
    req.once('close', () => clearTimeout(cut));
    req.resume();
  }
}
