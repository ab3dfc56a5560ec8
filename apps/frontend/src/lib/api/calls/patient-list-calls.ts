import { type ImportPatients, importReport } from '@medcall/shared-types';
import type { Http } from '../http.ts';

/** 5,000 lines, each looked for in the database. */
const importDeadlineMs = 60_000;

/** Many patients at once. */
export function patientListCalls(http: Http) {
  return {
    importPatients: (body: ImportPatients) =>
      http({
        method: 'POST',
        path: '/api/patients/import',
        body,
        answer: importReport,
        deadlineMs: importDeadlineMs,
      }),
  };
}
