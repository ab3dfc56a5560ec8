import type { Speaker } from '@medcall/shared-types/roles';

/** A final sentence of the transcript, as the engines read it. */
export interface Utterance {
  id: string;
  speaker: Speaker;
  text: string;
}
