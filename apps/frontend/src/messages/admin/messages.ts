import type { NotificationChannel, NotificationStatus } from '@medcall/shared-types';

/** Words of the tab Mensagens. */
export const patientMessagesText = {
  failed: 'Não foi possível ler as mensagens',
  attention: 'Precisam de alguém',
  attentionText:
    'Estas mensagens falharam, ou o serviço de SMS não disse se saíram. Confira com o paciente e decida.',
  attentionEmpty: 'Nenhuma mensagem espera decisão.',
  all: 'Todas as mensagens',
  empty: 'Nenhuma mensagem ainda',
  emptyText:
    'Convites, lembretes e confirmações aos pacientes aparecem aqui com o destino de cada um.',
  channel: { email: 'E-mail', sms: 'SMS', app: 'Aviso' } satisfies Record<
    NotificationChannel,
    string
  >,
  status: {
    queued: 'Na fila',
    sending: 'Saindo',
    sent: 'Enviada',
    delivered: 'Entregue',
    failed: 'Falhou',
    unknown: 'Sem resposta',
    cancelled: 'Cancelada',
  } satisfies Record<NotificationStatus, string>,
  unknownPatient: 'Paciente fora do seu alcance',
  leaves: (when: string) => `sai em ${when}`,
  arrived: 'Chegou',
  resend: 'Enviar de novo',
  giveUp: 'Não enviar',
  decided: { sent: 'Registrado: chegou', resend: 'A caminho de novo', give_up: 'Não será enviada' },
  decideFailed: 'A decisão não foi registrada',
  mine: 'Avisos para você',
} as const;
