import { AppError } from '@medcall/service-kit';
import type { NoteRow } from './read-note.ts';

/** @throws AppError conflict: a signed note takes addenda only */
export function mustBeUnsigned(note: NoteRow | undefined): void {
  if (note?.status !== 'assinada') return;
  throw new AppError('conflict', { message: 'Esta nota já foi assinada. Corrija com um adendo.' });
}

/** The note has moved on to this version since it was read. */
export function newerVersion(version: number): AppError {
  return new AppError('version_conflict', { details: { version } });
}
