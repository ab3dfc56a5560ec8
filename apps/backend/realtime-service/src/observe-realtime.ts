import { statfs } from 'node:fs/promises';
import { observe } from '@medcall/service-kit';
import type { RealtimeEnv } from './config/env.ts';
import type { LiveRooms } from './services/live-rooms.ts';
import type { SpeechEngine } from './speech/ports.ts';
import type { RoomServer } from './websocket/socket-types.ts';

/** This node's figures for Prometheus. @returns takes them away */
export function observeRealtime(parts: {
  io: RoomServer;
  engine: SpeechEngine;
  rooms: Pick<LiveRooms, 'figures'>;
  /** `DATA_DIR`: where the audio log lies. */
  env: Pick<RealtimeEnv, 'DATA_DIR'>;
}): () => void {
  const { engine, env, io, rooms } = parts;
  const figures: Array<[name: string, help: string, read: () => number | Promise<number>]> = [
    ['medcall_rooms', 'Consultations that live on this node', () => rooms.figures().rooms],
    [
      'medcall_transcription_lag_seconds',
      'Sound that is not yet text in the room that is furthest behind',
      () => rooms.figures().longestLagSeconds,
    ],
    ['medcall_socket_connections', 'Open Socket.IO connections', () => io.engine.clientsCount],
    ['medcall_decoders_ready', 'Decoders that can take work', () => engine.stats().decoders.ready],
    [
      'medcall_decoder_queue_seconds',
      'Sound that waits for a decoder',
      () => engine.stats().queuedSeconds,
    ],
    [
      'medcall_decoder_restarts',
      'Decoders that died and were started again',
      () => engine.stats().restarts,
    ],
    [
      'medcall_decoder_set_aside',
      'Utterances that ended a decoder twice',
      () => engine.stats().setAside,
    ],
    [
      'medcall_data_free_ratio',
      'Free part of the disk of the audio log',
      () => freeOf(env.DATA_DIR),
    ],
  ];
  const forget = figures.map(([name, help, read]) => observe(name, help, read));
  return () => {
    for (const one of forget) one();
  };
}

/** What this user may still write, of all that the file system holds: 0 to 1. */
async function freeOf(folder: string): Promise<number> {
  const { bavail, blocks } = await statfs(folder);
  return bavail / blocks;
}
