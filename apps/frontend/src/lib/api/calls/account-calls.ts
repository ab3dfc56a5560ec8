import {
  calendarConflicts,
  calendarFeed,
  calendarStatus,
  device,
  type GoogleReturn,
  googleOutcome,
  listOf,
  type StoreSigningCertificate,
  signingCertificateStatus,
  voiceProfile,
} from '@medcall/shared-types';
import { z } from 'zod';
import type { Http } from '../http.ts';
import type { UploadOptions } from '../upload.ts';

const devices = listOf(device);
const nothing = z.unknown();

const googlePage = z.object({ url: z.url() });

const certificatePath = '/api/signing-certificate';

/** The person's own account: devices, voice, calendar, certificate. */
export function accountCalls(http: Http) {
  const id = encodeURIComponent;
  return {
    devices: () => http({ path: '/api/me/sessions', answer: devices }),
    endDevice: (sessionId: string) =>
      http({ method: 'DELETE', path: `/api/me/sessions/${id(sessionId)}`, answer: nothing }),
    endAllDevices: () => http({ method: 'DELETE', path: '/api/me/sessions', answer: nothing }),
    voice: (doctorId: string) =>
      http({ path: `/api/clinic/doctors/${id(doctorId)}/voice`, answer: voiceProfile }),
    enrolVoice: (doctorId: string, wav: Blob, options: UploadOptions) =>
      http({
        method: 'PUT',
        path: `/api/clinic/doctors/${id(doctorId)}/voice`,
        file: { type: 'audio/wav', content: wav },
        answer: voiceProfile,
        deadlineMs: 60_000,
        ...options,
      }),
    calendar: () => http({ path: '/api/calendar', answer: calendarStatus }),
    makeFeed: () => http({ method: 'POST', path: '/api/calendar/feed', answer: calendarFeed }),
    endFeed: () => http({ method: 'DELETE', path: '/api/calendar/feed', answer: nothing }),
    /** The page of Google that asks the person. */
    connectGoogle: () =>
      http({ method: 'POST', path: '/api/calendar/google/connect', answer: googlePage }),
    /** What that page said, from the browser that it sent back. */
    finishGoogle: (body: GoogleReturn) =>
      http({ method: 'POST', path: '/api/calendar/google/callback', body, answer: googleOutcome }),
    disconnectGoogle: () =>
      http({ method: 'DELETE', path: '/api/calendar/google', answer: nothing }),
    /** Where Google and the doctor's own agenda disagree. */
    googleConflicts: () =>
      http({ path: '/api/calendar/google/conflicts', answer: calendarConflicts }),
    keepAgenda: (consultationId: string) =>
      http({
        method: 'POST',
        path: `/api/calendar/google/conflicts/${id(consultationId)}/keep`,
        answer: nothing,
      }),
    certificate: () => http({ path: certificatePath, answer: signingCertificateStatus }),
    storeCertificate: (body: StoreSigningCertificate) =>
      http({ method: 'PUT', path: certificatePath, body, answer: signingCertificateStatus }),
    removeCertificate: () => http({ method: 'DELETE', path: certificatePath, answer: nothing }),
    forgetVoice: (doctorId: string) =>
      http({
        method: 'DELETE',
        path: `/api/clinic/doctors/${id(doctorId)}/voice`,
        answer: nothing,
      }),
  };
}
