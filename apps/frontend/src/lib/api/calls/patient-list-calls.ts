import {
  type ImportPatients,
  importReport,
  listOf,
  patient,
  patientDuplicate,
} from '@medcall/shared-types';
import { z } from 'zod';
import type { Http } from '../http.ts';
import type { UploadOptions } from '../upload.ts';

/** 5,000 lines, each looked for in the database. */
const importDeadlineMs = 60_000;

const duplicatePage = listOf(patientDuplicate);
const guardianList = patient.pick({ guardians: true });

/** Many patients at once: import, repeated cards; and who answers for whom. */
export function patientListCalls(http: Http) {
  const id = encodeURIComponent;
  const guardianPath = (patientId: string, guardianId: string) =>
    `/api/patients/${id(patientId)}/guardians/${id(guardianId)}`;
  const ofGroup = (deed: 'dismiss' | 'reopen', patientIds: readonly string[]) =>
    http({
      method: 'POST',
      path: `/api/patients/duplicates/${deed}`,
      body: { patient_ids: patientIds },
      answer: z.undefined(),
    });
  return {
    importPatients: (body: ImportPatients, options: UploadOptions) =>
      http({
        method: 'POST',
        path: '/api/patients/import',
        body,
        answer: importReport,
        deadlineMs: importDeadlineMs,
        ...options,
      }),
    patientDuplicates: (query: { cursor?: string; dismissed: string }) =>
      http({ path: '/api/patients/duplicates', query, answer: duplicatePage }),
    dismissDuplicate: (patientIds: readonly string[]) => ofGroup('dismiss', patientIds),
    reopenDuplicate: (patientIds: readonly string[]) => ofGroup('reopen', patientIds),
    mergePatients: (keptId: string, mergedId: string) =>
      http({
        method: 'POST',
        path: `/api/patients/${id(keptId)}/merge`,
        body: { merged_id: mergedId },
        answer: patient,
      }),
    partPatient: (mergedId: string) =>
      http({ method: 'POST', path: `/api/patients/${id(mergedId)}/part`, answer: patient }),
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
