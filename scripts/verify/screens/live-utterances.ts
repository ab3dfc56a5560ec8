import { randomUUID } from 'node:crypto';
import type { TranscriptionEvent } from '@medcall/shared-types';
import type { Page, WebSocketRoute } from 'playwright-core';

/** Lets a page be told utterances over its own line, as the service would send them, at any pace. */
export async function tapLine(page: Page, realtimeUrl: string): Promise<LineTap> {
  const tap = new LineTap();
  const sockets = new URL('/socket.io/', realtimeUrl.replace(/^http/, 'ws'));
  await page.routeWebSocket(
    (url) => url.host === sockets.host,
    (line) => {
      line.connectToServer();
      tap.line = line;
    },
  );
  return tap;
}

/** Of an utterance of some seconds, about one a second. */
const partials = 5;

export class LineTap {
  line: WebSocketRoute | null = null;
  readonly #participant = randomUUID();

  /** One utterance as the service sends it: as it grows, then final. */
  say(roomId: string, number: number): void {
    const id = randomUUID();
    const words = `Fala de número ${number}, ${'com mais algumas palavras '.repeat(number % 6)}`;
    for (let revision = 0; revision <= partials; revision += 1) {
      const isFinal = revision === partials;
      const share = isFinal ? 1 : (0.8 * (revision + 1)) / partials;
      this.#send({
        id,
        roomId,
        participantId: this.#participant,
        speaker: number % 2 === 0 ? 'MEDICO' : 'PACIENTE',
        text: words.slice(0, Math.ceil(words.length * share)).trim(),
        startMs: number * 1200,
        endMs: number * 1200 + 1000,
        timestamp: new Date(0).toISOString(),
        isFinal,
        revision,
        confidence: 0.9,
      });
    }
  }

  #send(event: TranscriptionEvent): void {
    if (!this.line) throw new Error('the page has no line to the service');
    // Socket.IO: message (4), event (2), its name and its argument.
    this.line.send(`42${JSON.stringify(['transcription', event])}`);
  }
}
