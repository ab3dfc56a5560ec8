import { type MedcallRole, permissions } from '@medcall/shared-types';

/** A right that a screen asks for, and the route that it stands for. */
const routeOfRight = {
  'consultations:read': 'GET /api/consultations',
  'consultations:write': 'POST /api/consultations',
  'invitations:write': 'POST /api/invitations',
  'consents:read': 'GET /api/consultations/:id/consents',
  'transcripts:read': 'GET /api/consultations/:id/transcript',
  'suggestions:read': 'GET /api/consultations/:id/suggestions',
  'notes:read': 'GET /api/consultations/:id/note',
  'notes:write': 'PUT /api/consultations/:id/note',
  'documents:write': 'POST /api/consultations/:id/documents',
  'patients:read': 'GET /api/patients',
  'patients:write': 'POST /api/patients',
  'care-relations:write': 'POST /api/patients/:id/care-relations',
  'costs:read': 'GET /api/ai-pricing/stats',
  'audit:read': 'GET /api/audit',
  'clinic:write': 'PATCH /api/clinic',
} as const satisfies Record<string, keyof typeof permissions>;

/** Allergies and medicines are columns of the card, so no route stands for them: RLS opens them to carers. */
const healthRights: Partial<Record<MedcallRole, readonly string[]>> = {
  medico: ['health:read', 'health:write'],
};

/** What a screen may offer to whom: read from the permission table, so that it hides dead buttons only. */
export function rightsOf(role: MedcallRole): string[] {
  const ofRoutes = Object.entries(routeOfRight)
    .filter(([, route]) => role in permissions[route])
    .map(([right]) => right);
  return [...ofRoutes, ...(healthRights[role] ?? [])];
}
