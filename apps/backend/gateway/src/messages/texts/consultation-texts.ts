import type { ConsultationType } from '@medcall/shared-types';
import { type MailText, mailText } from './mail-layout.ts';
import { smsText } from './sms-text.ts';

/** What a patient may read in a message: no clinical word, no number of a document. */
export interface ConsultationFacts {
  patientName: string;
  doctorName: string;
  clinicName: string;
  clinicPhone: string | null;
  clinicAddress: string | null;
  scheduledAt: Date | null;
  timezone: string;
  type: ConsultationType;
  /** The patient's way into the room, null in person; for documents the way to them. */
  link: string | null;
}

export interface PatientText extends MailText {
  sms: string;
}

export type PatientMessageKind =
  | 'consultation.invitation'
  | 'consultation.reminder_24h'
  | 'consultation.reminder_1h'
  | 'consultation.confirmation'
  | 'consultation.cancellation'
  | 'consultation.documents';

interface Sentences {
  subject: string;
  paragraphs: readonly string[];
  sms: string;
  linked: boolean;
  /** On the link's button; the way into the room by default. */
  label?: string;
}

/** The e-mail and the SMS of one message to a patient. */
export function consultationText(kind: PatientMessageKind, facts: ConsultationFacts): PatientText {
  const { subject, paragraphs, sms, linked, label } = sentences[kind](facts);
  // Papers have a link wherever the consultation was held.
  const hasDoor = facts.type === 'ONLINE' || kind === 'consultation.documents';
  const link = linked && hasDoor ? facts.link : null;
  const mail = mailText({
    subject,
    greeting: `Olá, ${firstName(facts.patientName)}.`,
    paragraphs,
    action: link ? { label: label ?? 'Entrar na consulta', url: link } : undefined,
    footer: [
      facts.clinicName,
      ...(facts.clinicPhone ? [`Telefone: ${facts.clinicPhone}`] : []),
      ...(link ? ['O link é pessoal: não o repasse.'] : []),
      'Em caso de emergência, ligue 192 (SAMU) ou procure o pronto-socorro mais próximo.',
    ],
  });
  // The link stands last and whole: it is never what the cut of a long message takes away.
  const room = link ? ` ${link}` : '';
  return {
    ...mail,
    sms: `${smsText(`${facts.clinicName}: ${sms}`).slice(0, 459 - room.length)}${room}`,
  };
}

const howToEnter =
  'Abra o link alguns minutos antes, em um lugar tranquilo e com boa internet. Não é preciso ter conta nem instalar nada: o navegador pedirá acesso à câmera e ao microfone.';

const sentences: Readonly<Record<PatientMessageKind, (facts: ConsultationFacts) => Sentences>> = {
  'consultation.invitation': (facts) => ({
    subject: `Sua consulta por vídeo · ${facts.clinicName}`,
    paragraphs: [
      facts.scheduledAt
        ? `Sua consulta com ${facts.doctorName} está marcada para ${longDate(facts)}.`
        : `${facts.doctorName} espera por você para a consulta por vídeo.`,
      howToEnter,
    ],
    sms: facts.scheduledAt
      ? `sua consulta por video com ${facts.doctorName} e ${shortDate(facts)}. Entre por aqui:`
      : `sua consulta por video com ${facts.doctorName}. Entre por aqui:`,
    linked: true,
  }),
  'consultation.reminder_24h': (facts) => ({
    subject: `Lembrete: consulta em ${shortDate(facts)} · ${facts.clinicName}`,
    paragraphs: [
      `Lembramos da sua consulta com ${facts.doctorName}, ${longDate(facts)}.`,
      ...(facts.type === 'ONLINE' ? [howToEnter] : place(facts)),
      'Se não puder comparecer, avise a clínica: outra pessoa poderá usar o horário.',
    ],
    sms: `consulta com ${facts.doctorName} ${shortDate(facts)}. Responda SIM para confirmar ou NAO se nao puder.`,
    linked: true,
  }),
  'consultation.reminder_1h': (facts) => ({
    subject: `Sua consulta começa às ${time(facts)} · ${facts.clinicName}`,
    paragraphs: [
      `Sua consulta com ${facts.doctorName} começa às ${time(facts)}.`,
      ...(facts.type === 'ONLINE' ? [howToEnter] : place(facts)),
    ],
    sms: `sua consulta com ${facts.doctorName} comeca as ${time(facts)}.`,
    linked: true,
  }),
  'consultation.confirmation': (facts) => ({
    subject: `Consulta confirmada · ${facts.clinicName}`,
    paragraphs: [
      `Sua presença está confirmada: consulta com ${facts.doctorName}, ${longDate(facts)}.`,
      ...(facts.type === 'ONLINE' ? [howToEnter] : place(facts)),
    ],
    sms: `presenca confirmada: consulta com ${facts.doctorName} ${shortDate(facts)}.`,
    linked: true,
  }),
  'consultation.cancellation': (facts) => ({
    subject: `Consulta cancelada · ${facts.clinicName}`,
    paragraphs: [
      `Sua consulta com ${facts.doctorName}, ${longDate(facts)}, foi cancelada.`,
      'Para marcar outro horário, fale com a clínica.',
    ],
    sms: `sua consulta com ${facts.doctorName} ${shortDate(facts)} foi cancelada. Para remarcar, fale com a clinica.`,
    linked: false,
  }),
  'consultation.documents': (facts) => ({
    subject: `Seus documentos · ${facts.clinicName}`,
    paragraphs: [
      `Os documentos da sua consulta com ${facts.doctorName} estão prontos.`,
      'Para abrir, confirme a data de nascimento do paciente. O link vale 30 dias: guarde os arquivos no seu aparelho.',
    ],
    sms: `documentos da consulta com ${facts.doctorName} prontos. Abra com a data de nascimento do paciente:`,
    linked: true,
    label: 'Abrir documentos',
  }),
};

function place(facts: ConsultationFacts): string[] {
  return facts.clinicAddress ? [`Endereço: ${facts.clinicAddress}.`] : [];
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

function inZone(facts: ConsultationFacts, options: Intl.DateTimeFormatOptions): string {
  if (facts.scheduledAt === null) return 'sem horário marcado';
  return new Intl.DateTimeFormat('pt-BR', { ...options, timeZone: facts.timezone }).format(
    facts.scheduledAt,
  );
}

function time(facts: ConsultationFacts): string {
  return inZone(facts, { hour: '2-digit', minute: '2-digit' });
}

function longDate(facts: ConsultationFacts): string {
  const day = inZone(facts, { weekday: 'long', day: '2-digit', month: '2-digit', year: 'numeric' });
  return `${day}, às ${time(facts)}`;
}

function shortDate(facts: ConsultationFacts): string {
  return `${inZone(facts, { day: '2-digit', month: '2-digit' })} às ${time(facts)}`;
}
