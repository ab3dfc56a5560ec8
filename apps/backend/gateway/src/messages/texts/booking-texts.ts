import { type MailText, mailText } from './mail-layout.ts';

const notYou = 'Se não foi você que pediu, ignore esta mensagem: nada será marcado.';

/** @param code six digits */
export function bookingCodeMail(clinicName: string, code: string): MailText {
  return mailText({
    subject: `${code} é o seu código · ${clinicName}`,
    greeting: 'Olá.',
    paragraphs: [
      `Para confirmar a sua consulta em ${clinicName}, digite este código na página de agendamento: ${code}`,
      'O código vale por 15 minutos.',
    ],
    footer: [clinicName, notYou],
  });
}

export interface BookedFacts {
  clinicName: string;
  clinicAddress: string | null;
  doctorName: string;
  startsAt: Date;
  timezone: string;
  online: boolean;
  url: string;
}

export function bookedMail(facts: BookedFacts): MailText {
  const when = new Intl.DateTimeFormat('pt-BR', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: facts.timezone,
  }).format(facts.startsAt);
  return mailText({
    subject: `Consulta marcada · ${facts.clinicName}`,
    greeting: 'Olá.',
    paragraphs: [
      `A sua consulta com ${facts.doctorName} está marcada para ${when}.`,
      facts.online
        ? 'A consulta é online: a clínica envia o link da sala antes do horário.'
        : `A consulta é presencial${facts.clinicAddress ? `: ${facts.clinicAddress}` : ''}.`,
    ],
    action: { label: 'Ver ou cancelar', url: facts.url },
    footer: [
      facts.clinicName,
      'O link é pessoal: não o repasse.',
      'Em caso de emergência, ligue 192 (SAMU) ou procure o pronto-socorro mais próximo.',
    ],
  });
}
