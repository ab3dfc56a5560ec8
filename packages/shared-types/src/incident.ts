import { z } from 'zod';
import { calendarDate, instant, uuid } from './primitives.ts';

/**
 * Security incidents with personal data: LGPD art. 48 and the regulation of Resolução CD/ANPD nº 15/2024
 * ("RCIS"). `communicated` is both: the authority and the people concerned.
 */
export const incidentStatus = z.enum([
  'open',
  'assessed',
  'communicated',
  'not_required',
  'closed',
]);
export type IncidentStatus = z.infer<typeof incidentStatus>;

/** What was violated (RCIS, art. 3, definition of an incident). */
export const incidentProperty = z.enum([
  'confidentiality',
  'integrity',
  'availability',
  'authenticity',
]);
export type IncidentProperty = z.infer<typeof incidentProperty>;

export const incidentDataKind = z.enum([
  'identification',
  'contact',
  'health',
  'biometric',
  'image_or_voice',
  'financial',
  'authentication',
  'location',
  'other',
]);
export type IncidentDataKind = z.infer<typeof incidentDataKind>;

/** One of these, together with a significant effect on people, makes an incident one to communicate (RCIS, art. 5). */
export const incidentCriterion = z.enum([
  'sensitive',
  'vulnerable_people',
  'financial',
  'authentication',
  'secrecy',
  'large_scale',
]);
export type IncidentCriterion = z.infer<typeof incidentCriterion>;

const text = z.string().trim().max(4000).nullable();
const short = z.string().trim().max(200).nullable();
const people = z.number().int().min(0).max(100_000_000).nullable();

/** What the form of the authority asks for (RCIS, art. 6, § 2). Null: not known yet. */
export const incidentFacts = z.object({
  description: text,
  cause: text,
  properties: z.array(incidentProperty).max(4),
  data_kinds: z.array(incidentDataKind).max(9),
  data_details: text,
  affected_total: people,
  affected_children: people,
  affected_adolescents: people,
  affected_elderly: people,
  /** Everybody whose data the activity processes. */
  processed_total: people,
  measures_before: text,
  measures_after: text,
  risks: text,
  mitigation: text,
  delay_reason: text,
  officer_name: short,
  officer_contact: short,
  processor: short,
});
export type IncidentFacts = z.infer<typeof incidentFacts>;

export const noIncidentFacts: IncidentFacts = {
  description: null,
  cause: null,
  properties: [],
  data_kinds: [],
  data_details: null,
  affected_total: null,
  affected_children: null,
  affected_adolescents: null,
  affected_elderly: null,
  processed_total: null,
  measures_before: null,
  measures_after: null,
  risks: null,
  mitigation: null,
  delay_reason: null,
  officer_name: null,
  officer_contact: null,
  processor: null,
};

const title = z.string().trim().min(3).max(200);
const why = z.string().trim().min(3).max(1000);

export const createIncident = z.object({
  title,
  /** When somebody noticed that something was wrong. */
  detected_at: instant,
  /** When the clinic knew that personal data were affected: starts the clock. */
  known_at: instant.nullable().default(null),
  occurred_at: instant.nullable().default(null),
  small_agent: z.boolean().default(false),
  facts: incidentFacts.partial().default({}),
});
export type CreateIncident = z.input<typeof createIncident>;

export const updateIncident = z.object({
  /** The revision that the writer has read. */
  revision: z.number().int(),
  /** Why it changes: stands in the history. */
  reason: why.optional(),
  title: title.optional(),
  detected_at: instant.optional(),
  known_at: instant.nullable().optional(),
  occurred_at: instant.nullable().optional(),
  small_agent: z.boolean().optional(),
  facts: incidentFacts.partial().optional(),
});
export type UpdateIncident = z.infer<typeof updateIncident>;

const revision = z.number().int();
export const peopleChannel = z.enum(['individual', 'public', 'both']);
export type PeopleChannel = z.infer<typeof peopleChannel>;

/** One step of an incident. */
export const incidentStep = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('assess'),
    revision,
    /** May it affect interests and rights of people significantly? */
    significant: z.boolean(),
    criteria: z.array(incidentCriterion).max(6),
    assessment: z.string().trim().min(10).max(4000),
  }),
  z.object({
    step: z.literal('not_required'),
    revision,
    reason: z.string().trim().min(10).max(4000),
  }),
  z.object({
    step: z.literal('told_authority'),
    revision,
    at: instant,
    protocol: z.string().trim().min(1).max(100),
    /** To be completed within 20 working days (RCIS, art. 6, § 3). */
    preliminary: z.boolean(),
  }),
  z.object({ step: z.literal('told_people'), revision, at: instant, channel: peopleChannel }),
  z.object({ step: z.literal('completed'), revision, at: instant }),
  z.object({ step: z.literal('reopen'), revision, reason: why }),
  z.object({ step: z.literal('close'), revision, note: z.string().trim().min(3).max(4000) }),
]);
export type IncidentStep = z.infer<typeof incidentStep>;

/** The time that is left, in working days of Brazil (national holidays), on the calendar of Brasília. */
export const incidentClock = z.object({
  /** Last day for authority and people; null until it is known that personal data are affected. */
  due_on: calendarDate.nullable(),
  /** Working days after today up to the last day; null when nothing is due. */
  days_left: z.number().int().nullable(),
  overdue: z.boolean(),
  /** What is due still. */
  waits_for: z.array(z.enum(['authority', 'people', 'completion'])),
  /** Last day for completing a preliminary communication. */
  complete_by: calendarDate.nullable(),
});
export type IncidentClock = z.infer<typeof incidentClock>;

/** Whom the register links to an incident. Ages as of the day on which it was noticed. */
export const incidentPeopleCount = z.object({
  linked: z.number().int(),
  children: z.number().int(),
  adolescents: z.number().int(),
  elderly: z.number().int(),
  age_unknown: z.number().int(),
});
export type IncidentPeopleCount = z.infer<typeof incidentPeopleCount>;

export const incident = z.object({
  id: uuid,
  /** Counts up within the clinic. */
  number: z.number().int(),
  title: z.string(),
  status: incidentStatus,
  revision: z.number().int(),
  detected_at: instant,
  known_at: instant.nullable(),
  occurred_at: instant.nullable(),
  small_agent: z.boolean(),
  facts: incidentFacts,
  significant: z.boolean().nullable(),
  criteria: z.array(incidentCriterion),
  assessment: z.string().nullable(),
  not_required_reason: z.string().nullable(),
  authority_at: instant.nullable(),
  authority_protocol: z.string().nullable(),
  preliminary: z.boolean(),
  completed_at: instant.nullable(),
  people_at: instant.nullable(),
  people_channel: peopleChannel.nullable(),
  closing_note: z.string().nullable(),
  closed_at: instant.nullable(),
  registered_at: instant,
  updated_at: instant,
  clock: incidentClock,
});
export type Incident = z.infer<typeof incident>;

/** One part of the form: what it is called, where the rule stands, what is known. */
export const incidentFormField = z.object({
  key: z.string(),
  label: z.string(),
  basis: z.string(),
  value: z.string().nullable(),
  /** Null is a gap that the authority would ask about. */
  required: z.boolean(),
});
export type IncidentFormField = z.infer<typeof incidentFormField>;

export const incidentDetail = incident.extend({
  people: incidentPeopleCount,
  form: z.array(incidentFormField),
  /** Labels of the parts that are asked for and empty. */
  missing: z.array(z.string()),
});
export type IncidentDetail = z.infer<typeof incidentDetail>;

export const listIncidentsQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListIncidentsQuery = z.infer<typeof listIncidentsQuery>;

/** What was known at a moment, as the database kept it. */
export const incidentVersion = z.object({
  revision: z.number().int(),
  at: instant,
  by: z.string().nullable(),
  reason: z.string().nullable(),
  /** Columns and parts of the form that became different. */
  changed: z.array(z.string()),
  snapshot: z.record(z.string(), z.unknown()),
});
export type IncidentVersion = z.infer<typeof incidentVersion>;

/** Whose records were touched, by the audit log. */
export const incidentCandidatesQuery = z.object({
  from: instant,
  to: instant,
  user_id: uuid.optional(),
  action: z.string().max(64).optional(),
});
export type IncidentCandidatesQuery = z.infer<typeof incidentCandidatesQuery>;

export const incidentCandidate = z.object({
  patient_id: uuid,
  name: z.string(),
  times: z.number().int(),
  first_at: instant,
  last_at: instant,
  linked: z.boolean(),
});
export const incidentCandidates = z.object({
  /** All that the filter finds; `items` holds the first 200 of them. */
  total: z.number().int(),
  items: z.array(incidentCandidate),
});
export type IncidentCandidates = z.infer<typeof incidentCandidates>;

/** Persons by name, or everybody whom a filter of the audit log finds. */
export const linkIncidentPeople = z.union([
  z.object({ patient_ids: z.array(uuid).min(1).max(500) }),
  z.object({ filter: incidentCandidatesQuery }),
]);
export type LinkIncidentPeople = z.infer<typeof linkIncidentPeople>;
export const linkedIncidentPeople = z.object({
  added: z.number().int(),
  people: incidentPeopleCount,
});

export const incidentPerson = z.object({
  patient_id: uuid,
  name: z.string(),
  found_by: z.enum(['audit', 'hand']),
  added_at: instant,
  /** An e-mail or a telephone is on the card. */
  reachable: z.boolean(),
});
export type IncidentPerson = z.infer<typeof incidentPerson>;
export const incidentPeopleQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type IncidentPeopleQuery = z.infer<typeof incidentPeopleQuery>;

/** Draft of the notice to the people concerned (RCIS, art. 9, § 1). */
export const incidentNotice = z.object({
  subject: z.string(),
  /** To each person; `[…]` marks what is missing. */
  individual: z.string(),
  /** For the clinic's site and walls, where not everybody can be reached (RCIS, art. 9). */
  public: z.string(),
  missing: z.array(z.string()),
});
export type IncidentNotice = z.infer<typeof incidentNotice>;

export const incidentExportQuery = z.object({ format: z.enum(['zip', 'json']).default('zip') });
