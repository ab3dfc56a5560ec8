import {
  listOf,
  recording,
  recordingUrl,
  retranscription,
  retranscriptionChanges,
  waveform,
} from '@medcall/shared-types';
import type { Http } from '../http.ts';

const recordings = listOf(recording);

/** Kept sound, and transcribing it again. */
export function recordingCalls(http: Http) {
  const id = encodeURIComponent;
  const again = (roomId: string) => `/api/rooms/${id(roomId)}/retranscription`;
  return {
    recordings: (roomId: string) =>
      http({ path: '/api/recordings', query: { room_id: roomId }, answer: recordings }),
    recordingUrl: (recordingId: string) =>
      http({
        method: 'POST',
        path: `/api/recordings/${id(recordingId)}/url`,
        answer: recordingUrl,
      }),
    recordingPeaks: (recordingId: string) =>
      http({ path: `/api/recordings/${id(recordingId)}/peaks`, answer: waveform }),
    retranscription: (roomId: string) => http({ path: again(roomId), answer: retranscription }),
    askRetranscription: (roomId: string) =>
      http({ method: 'POST', path: again(roomId), answer: retranscription }),
    cancelRetranscription: (roomId: string) =>
      http({ method: 'DELETE', path: again(roomId), answer: retranscription }),
    retranscriptionChanges: (roomId: string) =>
      http({ path: `${again(roomId)}/changes`, answer: retranscriptionChanges }),
  };
}
