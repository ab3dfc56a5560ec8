/** What an action of the audit log is called on a screen. */
const labels: Readonly<Record<string, string>> = {
  'ai_use.read': 'Viu o uso de IA na consulta',
  'audit.export': 'Exportou a auditoria',
  'audit.verify': 'Conferiu a corrente da auditoria',
  'audit.verify_all': 'Conferiu as correntes da auditoria',
  'auth.closed_by_admin': 'Encerrou o acesso de uma conta',
  'auth.device_signed_out': 'Encerrou a sessão de um aparelho',
  'auth.password_changed': 'Trocou a senha',
  'auth.refresh_token_reused': 'Reuso de uma sessão antiga',
  'auth.sign_in': 'Entrou no sistema',
  'auth.sign_out': 'Saiu do sistema',
  'auth.signed_out_everywhere': 'Saiu de todos os aparelhos',
  'care_relation.stated': 'Declarou relação de cuidado',
  'clinic.update': 'Alterou a clínica',
  'consent.give': 'Registrou um consentimento',
  'consent.withdraw': 'Retirou um consentimento',
  'consultation.cancel': 'Cancelou a consulta',
  'consultation.convert': 'Converteu a consulta em presencial',
  'consultation.create': 'Marcou a consulta',
  'consultation.no_show': 'Registrou a falta',
  'consultation.read': 'Abriu a consulta',
  'consultation.update': 'Alterou a consulta',
  'data_request.create': 'Registrou um pedido do titular',
  'data_request.erase': 'Eliminou dados a pedido do titular',
  'data_request.update': 'Atualizou um pedido do titular',
  'doctor.deactivate': 'Desativou um médico',
  'doctor.invite': 'Convidou um médico',
  'document.approve': 'Aprovou um documento',
  'document.create': 'Começou um documento',
  'document.list': 'Viu a lista de documentos',
  'document.print': 'Abriu o PDF de um documento',
  'document.revoke': 'Revogou um documento',
  'document.save': 'Alterou um documento',
  'guideline.activate': 'Pôs uma diretriz de volta na busca',
  'guideline.deactivate': 'Tirou uma diretriz da busca',
  'guideline.ingest': 'Cadastrou uma diretriz',
  'invitation.create': 'Criou um convite',
  'invitation.exchange': 'Abriu um convite',
  'invitation.revoke': 'Revogou um convite',
  'letter.create': 'Começou a carta ao paciente',
  'letter.read': 'Leu a carta ao paciente',
  'letter.save': 'Alterou a carta ao paciente',
  'note.addendum': 'Escreveu um adendo',
  'note.draft': 'Pediu um rascunho da nota',
  'note.print': 'Abriu o PDF da nota',
  'note.read': 'Leu a nota',
  'note.save': 'Alterou a nota',
  'note.sign': 'Assinou a nota',
  'note.signed': 'Assinou a nota',
  'notification.resolve': 'Decidiu sobre uma mensagem',
  'patient.access_log': 'Viu quem abriu o prontuário',
  'patient.create': 'Cadastrou o paciente',
  'patient.export': 'Exportou os dados do paciente',
  'patient.guardian_end': 'Retirou um responsável do paciente',
  'patient.guardian_put': 'Registrou um responsável pelo paciente',
  'patient.read': 'Abriu a ficha',
  'patient.update': 'Alterou a ficha',
  'permission.denied': 'Acesso recusado',
  'recording.assembled': 'Gravação guardada',
  'recording.erased': 'Gravação apagada',
  'recording.opened': 'Ouviu a gravação',
  'transcript.export': 'Exportou a transcrição',
  'transcript.read': 'Leu a transcrição',
  'transcription.corrected': 'Corrigiu a transcrição',
  'voice.enrolled': 'Gravou a própria voz',
  'voice.forgotten': 'Apagou a própria voz',
  'webhook.configure': 'Configurou o webhook',
  'webhook.resend': 'Reenviou uma entrega do webhook',
};

/** The pt-BR name of an action; the action itself where none is known. */
export function auditLabel(action: string): string {
  return labels[action] ?? action;
}

/** Every known action with its name, by name. */
export const auditActions: readonly { action: string; label: string }[] = Object.entries(labels)
  .map(([action, label]) => ({ action, label }))
  .sort((a, b) => a.label.localeCompare(b.label, 'pt-BR'));

const tables: Readonly<Record<string, string>> = {
  audit_chain: 'corrente da auditoria',
  audit_logs: 'auditoria',
  clinicas: 'clínica',
  consents: 'consentimento',
  consultations: 'consulta',
  data_requests: 'pedido do titular',
  documents: 'documento',
  guideline_documents: 'diretriz',
  invitations: 'convite',
  medicos: 'médico',
  members: 'membro da clínica',
  notes: 'nota',
  notifications: 'mensagem',
  patients: 'paciente',
  recordings: 'gravação',
  transcriptions: 'transcrição',
  voice_profiles: 'voz',
  webhook_deliveries: 'entrega do webhook',
};

/** The pt-BR name of what was touched; null where the table has none. */
export function auditRecordLabel(table: string | null): string | null {
  return table === null ? null : (tables[table] ?? null);
}
