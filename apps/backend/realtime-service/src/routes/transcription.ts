import { AppError, memberOf } from '@medcall/service-kit';
import { speaker, uuid } from '@medcall/shared-types';
import { type RequestHandler, type Response, Router } from 'express';
import multer from 'multer';
import { z } from 'zod';
import { type Broadcaster, doctorAndPatient } from '../services/broadcaster.ts';
import type { SpeakerCorrections } from '../services/speaker-corrections.ts';
import type { UploadJob, UploadJobs } from '../services/upload-jobs.ts';
import type { UtteranceEdits } from '../services/utterance-edits.ts';
import { withUploadErrors } from './upload-errors.ts';

/** Two hours of the largest common format. */
export const maxUploadBytes = 300 * 1024 * 1024;
/** A short file is answered with its text; a longer one becomes a job that one asks about. */
const answerWithinMs = 20_000;

const idParam = z.object({ id: uuid });
const utteranceEdit = z
  .object({ speaker: speaker.optional(), text: z.string().trim().min(1).max(8000).optional() })
  .refine((edit) => edit.speaker !== undefined || edit.text !== undefined);

interface TranscriptionRouteParts {
  uploads: UploadJobs;
  edits: UtteranceEdits;
  corrections: SpeakerCorrections;
  broadcaster: Broadcaster;
  uploadDir: string;
}

/** `/api/transcription`: files to text, and corrections of utterances. */
export function transcriptionRoutes(parts: TranscriptionRouteParts): Router {
  const { broadcaster, corrections, edits, uploads, uploadDir } = parts;
  const router = Router();

  router.post('/upload', receiveFile(uploadDir), async (req, res) => {
    const caller = memberOf(req);
    if (!req.file) {
      throw new AppError('validation_failed', { message: 'Envie um arquivo de áudio.' });
    }
    const job = uploads.start(caller.sub, req.file.path);
    sendJob(res, await uploads.wait(caller.sub, job.id, answerWithinMs));
  });

  router.get('/jobs/:id', (req, res) => {
    sendJob(res, uploads.find(memberOf(req).sub, idParam.parse(req.params).id));
  });

  router.delete('/jobs/:id', async (req, res) => {
    res.json(statusOf(await uploads.cancel(memberOf(req).sub, idParam.parse(req.params).id)));
  });

  router.patch('/utterances/:id', async (req, res) => {
    const caller = memberOf(req);
    const edit = utteranceEdit.parse(req.body);
    const event = await edits.edit(caller, idParam.parse(req.params).id, edit);
    broadcaster.toRoles(event.roomId, doctorAndPatient, 'transcription', event);
    broadcaster.toRoles(event.roomId, doctorAndPatient, 'transcription-update', event);
    if (edit.speaker) await corrections.follow(event.id);
    res.json(event);
  });

  return router;
}

function receiveFile(uploadDir: string): RequestHandler {
  const receive = multer({
    dest: uploadDir,
    limits: { fileSize: maxUploadBytes, files: 1, fields: 10, fieldSize: 10_000 },
  }).single('file');
  const read = withUploadErrors(receive);
  return (req, res, next) => {
    // Identity first: nobody fills the disk anonymously.
    memberOf(req);
    read(req, res, next);
  };
}

function sendJob(res: Response, job: UploadJob): void {
  if (job.error) throw new AppError(job.error.code, { message: job.error.message });
  if (job.result) res.json(job.result);
  else res.status(202).json(statusOf(job));
}

function statusOf(job: UploadJob) {
  return { jobId: job.id, status: job.status, secondsDone: job.secondsDone };
}
