import { type MedcallRole, permissions, verdictOn } from '@medcall/shared-types';
import { adminFrame } from '#messages/admin/frame.ts';

export type AdminTab = keyof typeof adminFrame.tabs;

/** The route that fills each tab: who may not call it does not see the tab. */
const routes = {
  clinica: 'GET /api/clinic',
  medicos: 'GET /api/clinic/doctors',
  entregas: 'GET /api/clinic/webhook',
  mensagens: 'GET /api/notifications',
  auditoria: 'GET /api/audit',
  custos: 'GET /api/ai-pricing/stats',
  lgpd: 'GET /api/data-requests',
  incidentes: 'GET /api/incidents',
  diretrizes: 'GET /api/guidelines',
} as const satisfies Record<AdminTab, keyof typeof permissions>;

/** The tabs of a role, in the order of the screen. The services refuse by the same table. */
export function tabsOf(role: MedcallRole): AdminTab[] {
  return allTabs.filter((tab) => verdictOn(permissions[routes[tab]], role, 'own') === 'allowed');
}

/** The tab that an address names; the first one for anything else. */
export function readAdminTab(value: string | string[] | undefined): AdminTab {
  return allTabs.find((tab) => tab === value) ?? 'clinica';
}

const allTabs = Object.keys(adminFrame.tabs) as AdminTab[];
