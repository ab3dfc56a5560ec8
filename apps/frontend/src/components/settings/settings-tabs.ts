import { settingsMessages } from '#messages/settings.ts';

export type SettingsTab = keyof typeof settingsMessages.tabs;

const allTabs = Object.keys(settingsMessages.tabs) as SettingsTab[];
/** Only a doctor has a voice to tell apart, an agenda, and papers to sign. */
const doctorTabs = new Set<SettingsTab>(['voz', 'calendario', 'assinatura']);

export function settingsTabs(isDoctor: boolean): SettingsTab[] {
  return allTabs.filter((tab) => isDoctor || !doctorTabs.has(tab));
}

/** The tab that an address names; the first one for anything else. */
export function readSettingsTab(value: string | string[] | undefined): SettingsTab {
  return allTabs.find((tab) => tab === value) ?? 'conta';
}

export type CalendarAnswer = keyof typeof settingsMessages.calendar.back;

/** What Google's page ended with, when it sends the browser back with `?calendario=`. */
export function readCalendarAnswer(value: string | string[] | undefined): CalendarAnswer | null {
  return value === 'conectado' || value === 'recusado' || value === 'falhou' ? value : null;
}
