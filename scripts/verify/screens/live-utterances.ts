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

export class LineTap {
  line: WebSocketRoute | null = null;
  readonly #participant = randomUUID();

  /** One utterance as the service sends it: twice as it grows, then final. */
  say(roomId: string, number: number): void {
    const id = randomUUID();
    const words = `Fala de número ${number}, ${'com mais algumas palavras '.repeat(number % 6)}`;
    for (const [revision, share] of [0.4, 0.8, 1].entries()) {
      this.#send({
        id,
        roomId,
        participantId: this.#participant,
        speaker: number % 2 === 0 ? 'MEDICO' : 'PACIENTE',
        text: words.slice(0, Math.ceil(words.length * share)).trim(),
        startMs: number * 1200,
        endMs: number * 1200 + 1000,
        timestamp: new Date(0).toISOString(),
        isFinal: share === 1,
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
