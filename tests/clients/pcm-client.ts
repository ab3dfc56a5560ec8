import WebSocket from 'ws';

export type PcmFrame =
  /** The first one: the capture, and the number that comes next. */
  | ({ type: 'start' } & PcmStart)
  | { type: 'ack'; ackedSeq: number; durableSeq: number }
  | { type: 'transcription'; id: string; text: string; isFinal: boolean; [key: string]: unknown }
  | { type: 'error'; code: string; message: string; retryAfterMs?: number };

/** Reference client of the native PCM socket: what an integrator needs and nothing more. */
export interface PcmClient {
  /** Sends one chunk: uint32 LE `seq`, then PCM16LE 16 kHz mono. */
  send(seq: number, pcm: Int16Array): void;
  /**
   * Where this capture goes on: what the service said first. A number below `nextSeq` was taken by an
   * earlier chunk, and another chunk that is sent with it counts for nothing.
   */
  start: Promise<PcmStart>;
  /** The next frame that satisfies the condition. */
  next(matches: (frame: PcmFrame) => boolean): Promise<PcmFrame>;
  close(): void;
  /** The code with which the service or this client ended the connection. */
  closed: Promise<number>;
}

export interface PcmStart {
  captureId: string;
  nextSeq: number;
  durableSeq: number;
}

/** Connects; rejects with the HTTP status when the service refuses the upgrade. */
export function connectPcm(options: {
  url: string;
  sessionId: string;
  userId: string;
  captureId?: string;
  token: string;
  /** W3C `traceparent`: the service's spans of this sound hang under it. */
  traceparent?: string;
}): Promise<PcmClient> {
  const address = new URL('/pcm-transcription', options.url.replace(/^http/, 'ws'));
  address.searchParams.set('sessionId', options.sessionId);
  address.searchParams.set('userId', options.userId);
  if (options.captureId) address.searchParams.set('captureId', options.captureId);
  if (options.traceparent) address.searchParams.set('traceparent', options.traceparent);
  const socket = new WebSocket(address, ['medcall.pcm.v1', `bearer.${options.token}`]);
  const frames: PcmFrame[] = [];
  const waiting = new Set<() => void>();
  let begin: (start: PcmStart) => void = () => undefined;
  const start = new Promise<PcmStart>((resolve) => {
    begin = resolve;
  });
  socket.on('message', (message) => {
    const frame = JSON.parse(message.toString()) as PcmFrame;
    if (frame.type === 'start') {
      const { captureId, durableSeq, nextSeq } = frame;
      begin({ captureId, durableSeq, nextSeq });
    } else frames.push(frame);
    for (const look of waiting) look();
  });
  const client: PcmClient = {
    start,
    send(seq, pcm) {
      const frame = Buffer.alloc(4 + pcm.byteLength);
      frame.writeUInt32LE(seq);
      Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).copy(frame, 4);
      socket.send(frame);
    },
    next: (matches) =>
      new Promise((resolve) => {
        const look = () => {
          const index = frames.findIndex(matches);
          if (index < 0) return;
          waiting.delete(look);
          const [found] = frames.splice(index, 1);
          if (found) resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close: () => socket.close(),
    closed: new Promise((resolve) => {
      socket.once('close', (code) => resolve(code));
    }),
  };
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(client));
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(`refused: ${response.statusCode}`));
    });
    socket.once('error', reject);
  });
}
