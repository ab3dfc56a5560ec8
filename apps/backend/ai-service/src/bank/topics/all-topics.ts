import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import type { TopicWording } from '../topic-wording.ts';
import { associated } from './associated.ts';
import { background } from './background.ts';
import { care } from './care.ts';
import { complaintHistory } from './complaint-history.ts';

/** Wording of every topic of the closed list; the type makes a missing one an error. */
export const topicWording: Record<AnamnesisTopic, TopicWording> = {
  ...complaintHistory,
  ...associated,
  ...background,
  ...care,
};
