import { AppError, memberOf } from '@medcall/service-kit';
import { uuid, voiceProblemMessages } from '@medcall/shared-types';
import express, { type Request, type RequestHandler, Router } from 'express';
import multer from 'multer';
import { z } from 'zod';
import { decodeAudio } from '../media/ffmpeg.ts';
import type { VoiceProfiles } from '../services/voice-profiles.ts';
import { withUploadErrors } from './upload-errors.ts';

/** 15 s of two channels, 48 kHz, 32 bit. */
export const maxWavBytes = 6 * 1024 * 1024;
const wavTypes = [
  'audio/wav',
  'audio/x-wav',
  'audio/wave',
  'audio/vnd.wave',
  'application/octet-stream',
];
const decodeWithinMs = 15_000;

const byDoctor = z.object({ id: uuid });

interface VoiceRouteParts {
  voiceProfiles: VoiceProfiles;
  ffmpeg: string;
}

/** `/api/clinic/doctors/:id/voice`: the doctor's own voice, for telling it apart in person. */
export function voiceRoutes({ ffmpeg, voiceProfiles }: VoiceRouteParts): Router {
  const router = Router();
  const path = '/doctors/:id/voice';

  router.use(path, async (req: Request<{ id: string }>, _res, next) => {
    await voiceProfiles.mustBeOwn(memberOf(req), byDoctor.parse(req.params).id);
    next();
  });

  router.put(path, ...wavBody(), async (req, res) => {
    const { id } = byDoctor.parse(req.params);
    const pcm = await samplesOf(ffmpeg, wavOf(req));
    res.json(await voiceProfiles.enrol(memberOf(req), id, pcm, req.id));
  });

  router.get(path, async (req, res) => {
    res.json(await voiceProfiles.find(memberOf(req), byDoctor.parse(req.params).id));
  });

  router.delete(path, async (req, res) => {
    await voiceProfiles.forget(memberOf(req), byDoctor.parse(req.params).id, req.id);
    res.status(204).end();
  });

  return router;
}

/** The file as the body itself, or as the form field `file`; in memory, never on the disk. */
function wavBody(): RequestHandler[] {
  const form = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: maxWavBytes, files: 1, fields: 5, fieldSize: 1000 },
  });
  return [
    express.raw({ type: wavTypes, limit: maxWavBytes }),
    withUploadErrors(form.single('file')),
  ];
}

function wavOf(req: Request): Buffer {
  const wav: unknown = req.file?.buffer ?? req.body;
  const isWav =
    Buffer.isBuffer(wav) &&
    wav.toString('latin1', 0, 4) === 'RIFF' &&
    wav.toString('latin1', 8, 12) === 'WAVE';
  if (!isWav) {
    throw new AppError('validation_failed', { message: voiceProblemMessages.not_wav });
  }
  return wav;
}

async function samplesOf(ffmpeg: string, wav: Buffer): Promise<Int16Array> {
  const pieces: Int16Array[] = [];
  for await (const piece of decodeAudio(ffmpeg, wav, AbortSignal.timeout(decodeWithinMs))) {
    pieces.push(piece);
  }
  const pcm = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    pcm.set(piece, at);
    at += piece.length;
  }
  return pcm;
}
