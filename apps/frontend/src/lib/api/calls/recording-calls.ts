import { listOf, recording, recordingUrl, waveform } from '@medcall/shared-types';
import type { Http } from '../http.ts';

const recordings = listOf(recording);

/** Kept sound. */
export function recordingCalls(http: Http) {
  const id = encodeURIComponent;
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
  };
}
