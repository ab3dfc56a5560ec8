import type { Me } from '@medcall/shared-types';
import type { CalendarAnswer } from './settings-tabs.ts';

export interface SettingsTabProps {
  me: Me;
  /** What Google's page ended with, right after it. */
  calendarAnswer: CalendarAnswer | null;
}
