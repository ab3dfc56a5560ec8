import type { CalendarDate } from '@medcall/utils';
import { type MailText, mailText } from './mail-layout.ts';

/** Mails to members of a clinic; the names are those of `notifications.kind`. */
export type MemberMessageKind = 'incident.due_soon' | 'incident.overdue';

export interface IncidentMailFacts {
  memberName: string;
  clinicName: string;
  /** Counts within the clinic. */
  number: number;
  dueOn: CalendarDate;
  /** Of the register. */
  url: string;
}

/** What an administrator reads of a deadline: the incident's number, never what it is about. */
export function incidentMail(kind: MemberMessageKind, facts: IncidentMailFacts): MailText {
  const { clinicName, dueOn, memberName, number, url } = facts;
  const day = dueOn.split('-').reverse().join('/');
  const soon = kind === 'incident.due_soon';
  return mailText({
    subject: soon
      ? `Incidente nº ${number}: o prazo termina em ${day} · MedCall`
      : `Incidente nº ${number}: o prazo terminou em ${day} · MedCall`,
    greeting: `Olá, ${memberName}.`,
    paragraphs: soon
      ? [
          `O registro de incidentes da ${clinicName} tem um prazo que termina em ${day}, à meia-noite (horário de Brasília): o do incidente nº ${number}.`,
          'Abra o registro para ver o que falta comunicar ou completar.',
        ]
      : [
          `O prazo do incidente nº ${number} da ${clinicName} terminou em ${day}, e o que ele pede ainda não está registrado.`,
          'Uma comunicação depois do prazo traz os motivos da demora. Se ela já foi feita, registre quando.',
        ],
    action: { label: 'Abrir o registro', url },
    footer: [
      'Este aviso também está no sistema. O conteúdo do incidente não é enviado por e-mail.',
    ],
  });
}
