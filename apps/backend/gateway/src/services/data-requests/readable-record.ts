import { auditLabel, documentTitles, noteSectionNames } from '@medcall/shared-types';
import { formatCpf } from '@medcall/utils';
import { asText, html } from '../html-text.ts';
import { dayOf, instantIn } from '../papers/dates.ts';
import type { ConsultationRecord, PatientRecord } from './collect-record.ts';

const sectionNames = {
  subjetivo: 'Subjetivo',
  objetivo: 'Objetivo',
  avaliacao: 'Avaliação',
  plano: 'Plano',
} as const;
const consentNames = { care: 'Telemedicina', recording: 'Gravação', ai: 'IA' } as const;
const statusNames = {
  WAITING: 'marcada',
  IN_PROGRESS: 'em andamento',
  COMPLETED: 'realizada',
  CANCELLED: 'cancelada',
  NO_SHOW: 'falta',
} as const;

/** One page that any browser opens without a network: the record for a person to read. */
export function readableRecord(record: PatientRecord): string {
  const { patient, clinic, health } = record;
  const at = (instant: string) => instantIn(new Date(instant), clinic.timezone);
  return `<!doctype html>
<html lang="pt-BR">
<head><meta charset="utf-8"><title>${html`Prontuário de ${patient.name}`}</title>
<style>body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}h2{border-top:1px solid #999;padding-top:1rem}dt{font-weight:bold}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.25rem .5rem;text-align:left}</style>
</head>
<body>
<h1>${html`Prontuário de ${patient.name}`}</h1>
<p>${html`${clinic.name}. Cópia de ${at(record.exportedAt)}.`}</p>
<dl>
${term('CPF', patient.cpf && formatCpf(patient.cpf))}
${term('Nascimento', patient.birth_date && dayOf(patient.birth_date))}
${term('Sexo', patient.sex)}
${term('Endereço', patient.address)}
${term('E-mail', patient.email)}
${term('Telefone', patient.phone)}
${term(
  'Responsáveis',
  record.guardians
    .filter((one) => one.ended_at === null)
    .map(named)
    .join('; '),
)}
${term('Outros cadastros', record.otherCards.map(({ name }) => name).join('; '))}
${term('Alergias', health.allergies.join('; '))}
${term('Medicamentos', health.medicines.join('; '))}
</dl>
${record.consultations.map((one) => consultationOf(one, at)).join('\n')}
<h2>Quem acessou este prontuário</h2>
<table><tr><th>Quando</th><th>Quem</th><th>O quê</th></tr>
${record.accessLog
  .map(
    (line) =>
      html`<tr><td>${at(line.created_at)}</td><td>${line.actor_name ?? line.actor_kind}</td><td>${auditLabel(line.action)}</td></tr>`,
  )
  .join('\n')}
</table>
</body>
</html>
`;
}

function named({ name, relation }: PatientRecord['guardians'][number]): string {
  return relation ? `${name} (${relation})` : name;
}

function consultationOf(one: ConsultationRecord, at: (instant: string) => string): string {
  const how = one.type === 'ONLINE' ? 'telemedicina' : 'presencial';
  return [
    html`<h2>Consulta de ${at(one.at)}</h2>`,
    html`<p>${one.doctor}, CRM ${one.crm}; ${how}; ${statusNames[one.status]}.</p>`,
    one.conversion_reason ? html`<p>Convertida em presencial: ${one.conversion_reason}</p>` : '',
    list(
      'Consentimentos',
      one.consents.map(
        (given) =>
          `${consentNames[given.type]}: ${given.accepted ? 'aceito' : 'recusado ou retirado'} em ${at(given.created_at)} (${given.text_version})`,
      ),
    ),
    noteOf(one, at),
    list(
      'Documentos (PDF na pasta documentos)',
      one.documents.map(
        (document) =>
          `${documentTitles[document.kind]}: ${document.title}${document.status === 'revoked' ? ' (revogado)' : ''}`,
      ),
    ),
    one.aiUse.noteDraftedBy || one.aiUse.questions.length > 0
      ? html`<p>Houve uso de inteligência artificial: ${[
          ...one.aiUse.questions.map(({ engine }) => `perguntas (${engine})`),
          ...(one.aiUse.noteDraftedBy ? [`rascunho da nota (${one.aiUse.noteDraftedBy})`] : []),
        ].join('; ')}. O médico decidiu sobre cada resultado.</p>`
      : '',
    one.transcript.items.length > 0 ? '<p>Transcrição na pasta transcricoes.</p>' : '',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function noteOf({ note }: ConsultationRecord, at: (instant: string) => string): string {
  if (!note) return '';
  const sections = noteSectionNames
    .filter((name) => note.sections[name].length > 0)
    .map(
      (name) =>
        html`<h4>${sectionNames[name]}</h4><p>${note.sections[name].map(({ text }) => text).join(' ')}</p>`,
    );
  return [
    html`<h3>Nota assinada em ${note.signed_at ? at(note.signed_at) : ''}</h3>`,
    ...sections,
    list(
      'Códigos',
      [...note.cid10, ...note.ciap2].map(({ code, label }) => `${code} ${label}`),
    ),
    list(
      'Adendos',
      note.addenda.map((addendum) => `${at(addendum.created_at)}: ${addendum.text}`),
    ),
  ].join('\n');
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<h4>${asText(title)}</h4><ul>${items.map((item) => html`<li>${item}</li>`).join('')}</ul>`;
}

function term(name: string, value: string | null | undefined | ''): string {
  return value ? html`<dt>${name}</dt><dd>${value}</dd>` : '';
}
