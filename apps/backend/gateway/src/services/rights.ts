import type { Member } from './members.ts';

/** What a screen may offer to whom. The database and the routes decide; this only hides dead buttons. */
const rightsOfRole: Record<Member['role'], readonly string[]> = {
  medico: [
    'consultations:read',
    'consultations:write',
    'invitations:write',
    'consents:read',
    'transcripts:read',
    'suggestions:read',
    'notes:read',
    'patients:read',
    'patients:write',
    'health:read',
    'health:write',
    'care-relations:write',
  ],
  admin: [
    'consultations:read',
    'consultations:write',
    'invitations:write',
    'patients:read',
    'patients:write',
    'costs:read',
    'audit:read',
    'clinic:write',
  ],
};

export function rightsOf(role: Member['role']): string[] {
  return [...rightsOfRole[role]];
}
