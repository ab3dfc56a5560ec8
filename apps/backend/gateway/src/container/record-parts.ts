import { randomUUID } from 'node:crypto';
import type { SigningKeys } from '../keys/signing-keys.ts';
import { type AuditTrail, createAuditTrail } from '../services/audit-trail.ts';
import { type Consents, createConsents } from '../services/consents.ts';
import { type Consultations, createConsultations } from '../services/consultations.ts';
import { createDataRequests, type DataRequests } from '../services/data-requests/data-requests.ts';
import { createFollowUps, type FollowUps } from '../services/follow-ups.ts';
import {
  createIncidentPapers,
  type IncidentPapers,
} from '../services/incidents/incident-papers.ts';
import {
  createIncidentPeople,
  type IncidentPeople,
} from '../services/incidents/incident-people.ts';
import { createIncidents, type Incidents } from '../services/incidents/incidents.ts';
import type { InvitationTokens } from '../services/invitation-tokens.ts';
import { createInvitations, type Invitations } from '../services/invitations.ts';
import { createInvited, type Invited } from '../services/invited.ts';
import { createAiDrafts } from '../services/notes/ai-drafts.ts';
import { type AiUses, createAiUses } from '../services/notes/ai-use.ts';
import { createNoteDrafting, type NoteDrafting } from '../services/notes/note-drafting.ts';
import { createNotes, type Notes } from '../services/notes/notes.ts';
import { createPrivateNotes, type PrivateNotes } from '../services/notes/private-notes.ts';
import { createPatientDuplicates, type PatientDuplicates } from '../services/patient-duplicates.ts';
import { createPatientGuardians, type PatientGuardians } from '../services/patient-guardians.ts';
import {
  createPatientImport,
  type PatientImport,
} from '../services/patient-import/patient-import.ts';
import { createPatientMerges, type PatientMerges } from '../services/patient-merges.ts';
import { createPatients, type Patients } from '../services/patients.ts';
import { createRecords, type Records } from '../services/records.ts';
import { createWaitingRoom, type WaitingRoom } from '../services/waiting-room.ts';
import type { Signer } from '../signing/signer.ts';
import type { Foundation } from './foundation.ts';

/** Patients, their consultations and what was written of them. */
export interface RecordParts {
  patients: Patients;
  patientDuplicates: PatientDuplicates;
  patientGuardians: PatientGuardians;
  patientMerges: PatientMerges;
  patientImport: PatientImport;
  consultations: Consultations;
  consents: Consents;
  invitations: Invitations;
  invited: Invited;
  waitingRoom: WaitingRoom;
  followUps: FollowUps;
  records: Records;
  notes: Notes;
  privateNotes: PrivateNotes;
  noteDrafting: NoteDrafting;
  aiUses: AiUses;
  dataRequests: DataRequests;
  incidents: Incidents;
  incidentPeople: IncidentPeople;
  incidentPapers: IncidentPapers;
  auditTrail: AuditTrail;
}

/** @param links what invitations and their room tokens are made with, and what signs notes */
export function createRecordParts(
  foundation: Foundation,
  links: { roomKeys: SigningKeys; tokens: InvitationTokens; signer: Signer },
): RecordParts {
  const { clock, db, env, logger } = foundation;
  const ai = createAiDrafts({ baseUrl: env.AI_SERVICE_URL, secret: env.INTERNAL_SERVICE_SECRET });
  return {
    patients: createPatients(db),
    patientDuplicates: createPatientDuplicates(db),
    patientGuardians: createPatientGuardians(db),
    patientMerges: createPatientMerges(db),
    patientImport: createPatientImport(db),
    consultations: createConsultations(db),
    consents: createConsents(db),
    invitations: createInvitations({
      db,
      keys: links.roomKeys,
      clock,
      tokens: links.tokens,
      frontendUrl: env.PUBLIC_FRONTEND_URL,
    }),
    invited: createInvited(db, clock),
    waitingRoom: createWaitingRoom(db),
    followUps: createFollowUps(db, clock),
    records: createRecords(db),
    notes: createNotes({ db, clock, signer: links.signer }),
    privateNotes: createPrivateNotes(db),
    noteDrafting: createNoteDrafting({ db, ai, logger, newId: randomUUID }),
    aiUses: createAiUses(db),
    dataRequests: createDataRequests(db, clock),
    incidents: createIncidents(db, clock),
    incidentPeople: createIncidentPeople(db),
    incidentPapers: createIncidentPapers(db, clock),
    auditTrail: createAuditTrail(db),
  };
}
