import { accountCalls } from './calls/account-calls.ts';
import { agendaCalls } from './calls/agenda-calls.ts';
import { aiCalls } from './calls/ai-calls.ts';
import { clinicCalls } from './calls/clinic-calls.ts';
import { consentCalls } from './calls/consent-calls.ts';
import { consultationCalls } from './calls/consultation-calls.ts';
import { documentCalls } from './calls/document-calls.ts';
import { incidentCalls } from './calls/incident-calls.ts';
import { noteCalls } from './calls/note-calls.ts';
import { patientListCalls } from './calls/patient-list-calls.ts';
import { peopleCalls } from './calls/people-calls.ts';
import { recordingCalls } from './calls/recording-calls.ts';
import { waitingCalls } from './calls/waiting-calls.ts';
import type { Http } from './http.ts';

/** The gateway's REST, one function a request, by subject in `calls/`. */
export function createGateway(http: Http) {
  return {
    ...consultationCalls(http),
    ...waitingCalls(http),
    ...consentCalls(http),
    ...noteCalls(http),
    ...documentCalls(http),
    ...recordingCalls(http),
    ...peopleCalls(http),
    ...patientListCalls(http),
    ...clinicCalls(http),
    ...incidentCalls(http),
    ...agendaCalls(http),
    ...aiCalls(http),
    ...accountCalls(http),
  };
}
export type Gateway = ReturnType<typeof createGateway>;
