import { waitingMessage, waitingPlace } from '@medcall/shared-types';
import { listOf } from '@medcall/shared-types/lean-primitives';
import type { Http } from '../http.ts';

const messages = listOf(waitingMessage);

/** What happens before the doctor opens the door. The patient's page loads these calls: no more than it needs. */
export function waitingCalls(http: Http) {
  const root = (consultationId: string) =>
    `/api/consultations/${encodeURIComponent(consultationId)}` as const;
  return {
    waitingPlace: (consultationId: string) =>
      http({ path: `${root(consultationId)}/waiting-place`, answer: waitingPlace }),
    waitingMessages: (consultationId: string) =>
      http({ path: `${root(consultationId)}/waiting-messages`, answer: messages }),
    leaveWaitingMessage: (consultationId: string, text: string) =>
      http({
        method: 'POST',
        path: `${root(consultationId)}/waiting-messages`,
        body: { text },
        answer: waitingMessage,
      }),
  };
}
export type WaitingCalls = ReturnType<typeof waitingCalls>;
