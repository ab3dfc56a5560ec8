import type { Speaker } from '@medcall/shared-types';

/** Everything about an utterance but its text. */
export interface UtterancePlace {
  roomId: string;
  participantId: string;
  speaker: Speaker;
  streamId: string;
  fence: number;
  originMs: number;
  timelineZeroAt: Date;
}
