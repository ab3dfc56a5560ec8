import { pipeline } from 'node:stream/promises';
import { AppError, memberOf, notFound } from '@medcall/service-kit';
import { requestRecordings, roomId, uuid } from '@medcall/shared-types';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Recorder } from '../recordings/recorder.ts';
import type { RecordingPlan } from '../recordings/recording-plan.ts';
import type { PlayableFile, RecordingReader } from '../recordings/recording-reader.ts';
import type { SignedAddresses } from '../recordings/signed-address.ts';
import type { ConsultationReader } from '../services/consultation-reader.ts';

const listQuery = z.object({
  room_id: roomId.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const mostPerRoom = 50;

export interface RecordingRouteParts {
  reader: ConsultationReader;
  recordings: RecordingReader;
  plan: RecordingPlan;
  recorder: Recorder;
  addresses: SignedAddresses;
  /** Where browsers reach this service: the gateway. */
  publicUrl: string;
}

/** `/api/recordings` for members. Stands behind `authenticate`. */
export function recordingRoutes(parts: RecordingRouteParts): Router {
  const { addresses, plan, publicUrl, reader, recorder, recordings } = parts;
  const router = Router();

  router.get('/', async (req, res) => {
    const query = listQuery.parse(req.query);
    const items = await recordings.list(memberOf(req), {
      limit: query.limit,
      ...(query.room_id === undefined ? {} : { roomId: query.room_id }),
    });
    res.json({ items, nextCursor: null });
  });

  router.post('/', async (req, res) => {
    const caller = memberOf(req);
    const { room_id } = requestRecordings.parse(req.body);
    const room = await reader.visible(caller, { roomId: room_id });
    if (!room) throw notFound();
    if (room.doctorAuth !== caller.sub) throw new AppError('forbidden');
    await plan.plan(room.consultationId);
    recorder.wake();
    const items = await recordings.list(caller, { roomId: room_id, limit: mostPerRoom });
    res.status(202).json({ items, nextCursor: null });
  });

  router.post('/:id/url', async (req, res) => {
    const caller = memberOf(req);
    const id = idOf(req);
    await recordings.open(caller, id);
    const { expiresAt, query } = addresses.sign(id, caller);
    res.set('Cache-Control', 'private, no-store').json({
      url: `${publicUrl.replace(/\/+$/, '')}/api/recordings/${id}/audio?${query}`,
      expiresAt: expiresAt.toISOString(),
    });
  });

  router.get('/:id/peaks', async (req, res) => {
    const waveform = await recordings.waveform(memberOf(req), idOf(req));
    res.set('Cache-Control', 'private, no-store').json(waveform);
  });

  return router;
}

/**
 * `GET /api/recordings/:id/audio?…sig`: the signature stands for the bearer token, so this router
 * stands before `authenticate`. Consent and membership are asked again for every range.
 */
export function recordingAudioRoutes(parts: {
  recordings: RecordingReader;
  addresses: SignedAddresses;
}): Router {
  const router = Router();
  // Express answers HEAD with the same handler.
  router.get('/:id/audio', async (req, res) => {
    // Said first, so that a refusal is not kept either.
    res.set('Cache-Control', 'private, no-store');
    const id = idOf(req);
    const caller = parts.addresses.open(id, req.query);
    await sendFile(req, res, await parts.recordings.file(caller, id));
  });
  return router;
}

async function sendFile(req: Request, res: Response, file: PlayableFile): Promise<void> {
  const range = rangeOf(req, file);
  if (range === 'unsatisfiable') {
    res.status(416).set('Content-Range', `bytes */${file.bytes}`).end();
    return;
  }
  const { from, to } = range ?? { from: 0, to: file.bytes - 1 };
  // Opened before anything is said: a store that is away is an error in our own words.
  const sound = req.method === 'HEAD' ? null : await file.read({ from, to });
  res.status(range ? 206 : 200).set({
    'Accept-Ranges': 'bytes',
    'Content-Type': file.contentType,
    'Content-Length': String(to - from + 1),
    'Content-Disposition': 'inline',
    ETag: `"${file.sha256}"`,
    ...(range ? { 'Content-Range': `bytes ${from}-${to}/${file.bytes}` } : {}),
  });
  if (!sound) {
    res.end();
    return;
  }
  try {
    await pipeline(sound, res);
  } catch (error) {
    // A player that seeks or closes drops the line: that is no failure of ours.
    if (!isPrematureClose(error)) throw error;
  }
}

/** One range is served; several, or another file's, are answered with the whole (RFC 9110 §14.2). */
function rangeOf(
  req: Request,
  file: PlayableFile,
): { from: number; to: number } | 'unsatisfiable' | null {
  const ifRange = req.get('if-range');
  if (ifRange !== undefined && ifRange !== `"${file.sha256}"`) return null;
  const ranges = req.range(file.bytes, { combine: true });
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes') return null;
  const [only, ...more] = ranges;
  return only === undefined || more.length > 0 ? null : { from: only.start, to: only.end };
}

function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function idOf(req: Request): string {
  const id = uuid.safeParse(req.params.id);
  if (!id.success) throw notFound();
  return id.data;
}
