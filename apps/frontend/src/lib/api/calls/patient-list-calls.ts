import {
  type ImportPatients,
  importReport,
  listOf,
  patient,
  patientDuplicate,
} from '@medcall/shared-types';
import { z } from 'zod';
import type { Http } from '../http.ts';
import type { UploadProgress } from '../upload.ts';

/** 5,000 lines, each looked for in the database. */
const importDeadlineMs = 60_000;

const duplicatePage = listOf(patientDuplicate);
const guardianList = patient.pick({ guardians: true });

/** Many patients at once: import, repeated cards; and who answers for whom. */
export function patientListCalls(http: Http) {
  const id = encodeURIComponent;
  const guardianPath = (patientId: string, guardianId: string) =>
    `/api/patients/${id(patientId)}/guardians/${id(guardianId)}`;
  return {
    importPatients: (body: ImportPatients, onProgress: (progress: UploadProgress) => void) =>
      http({
        method: 'POST',
        path: '/api/patients/import',
        body,
        answer: importReport,
        deadlineMs: importDeadlineMs,
        onProgress,
      }),
    patientDuplicates: (query: { cursor?: string }) =>
      http({ path: '/api/patients/duplicates', query, answer: duplicatePage }),
    putGuardian: (patientId: string, guardianId: string, relation: string | null) =>
      http({
        method: 'PUT',
        path: guardianPath(patientId, guardianId),
        body: relation === null ? {} : { relation },
        answer: guardianList,
      }),
    endGuardian: (patientId: string, guardianId: string) =>
      http({
        method: 'DELETE',
        path: guardianPath(patientId, guardianId),
        answer: z.undefined(),
      }),
  };
}
