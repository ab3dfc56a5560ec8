import { AppError } from '@medcall/service-kit';
import { formatCrm, parseCrm, parseRqe } from '@medcall/utils';

/** A doctor's CRM as it is stored. Throws AppError validation_failed. */
export function readCrm(given: string): string {
  const read = parseCrm(given);
  if (!read) throw invalid('crm', 'O CRM informado não é válido. Use, por exemplo, 123456/SP.');
  return formatCrm(read);
}

/** A specialist's RQE, null where there is none. Throws AppError validation_failed. */
export function readRqe(given: string | null | undefined): string | null {
  const written = given?.trim() ?? '';
  if (written === '') return null;
  const read = parseRqe(written);
  if (read === null) throw invalid('rqe', 'O RQE informado não é válido.');
  return read;
}

/** One CRM is one doctor of a clinic. */
export function crmTaken(doctorId?: string, cause?: unknown): AppError {
  return new AppError('conflict', {
    message: 'A clínica já tem um médico com este CRM.',
    details: { reason: 'crm_taken', ...(doctorId === undefined ? {} : { doctor_id: doctorId }) },
    cause,
  });
}

function invalid(path: string, message: string): AppError {
  return new AppError('validation_failed', { message, details: [{ path, message }] });
}
