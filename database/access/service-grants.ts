/** Letters of the verbs: select, insert, update, delete; `l` may lock rows and change `updated_at` alone. */
export type ServiceVerbs = string;

/**
 * What each service's system role may do, by table; a table that is not named, nothing. The gateway, the
 * realtime service and the jobs still share `service_role`.
 */
export const serviceGrants: Readonly<Record<'medcall_ai', Readonly<Record<string, ServiceVerbs>>>> =
  {
    medcall_ai: {
      'public.clinicas': 'sl',
      'public.medicos': 's',
      'public.patients': 's',
      'public.patient_guardians': 's',
      'public.consultations': 'sl',
      'public.participants': 's',
      'public.invitations': 's',
      'public.consents': 's',
      'public.transcriptions': 's',
      'public.notes': 's',
      'public.suggestions': 'siu',
      'public.suggestion_runs': 'siu',
      'public.coverage_items': 'siu',
      'public.ai_pricing': 'siu',
      'public.guideline_documents': 'siu',
      'public.guideline_chunks': 'siud',
    },
  };

/** Tables that a service's role reads only in part, and the columns that it reads, in order of the alphabet. */
export const serviceColumns: Readonly<
  Record<'medcall_ai', Readonly<Record<string, readonly string[]>>>
> = {
  medcall_ai: {
    'public.clinicas': ['ai_cap_brl_month', 'id'],
    'public.consents': ['accepted', 'consultation_id', 'position', 'signer_name', 'type'],
    'public.invitations': ['consultation_id', 'name'],
    'public.medicos': ['id', 'nome'],
    'public.participants': ['consultation_id', 'name'],
    'public.patient_guardians': ['guardian_id', 'patient_id'],
    'public.patients': ['birth_date', 'id', 'name', 'sex'],
  },
};
