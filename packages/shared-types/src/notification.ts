import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

export const notificationChannel = z.enum(['email', 'sms', 'app']);
export type NotificationChannel = z.infer<typeof notificationChannel>;

/** What a message is about. `app` ones are for the people of the clinic, mails of incidents too, the others for the patient. */
export const notificationKind = z.enum([
  'consultation.invitation',
  'consultation.reminder_24h',
  'consultation.reminder_1h',
  'consultation.confirmation',
  'consultation.cancellation',
  'consultation.documents',
  'patient.confirmed',
  'patient.declined',
  'message.failed',
  'message.unknown',
  'webhook.dead',
  'incident.due_soon',
  'incident.overdue',
]);
export type NotificationKind = z.infer<typeof notificationKind>;

/** `unknown`: nobody can tell whether it went out, and a person decides what to do. */
export const notificationStatus = z.enum([
  'queued',
  'sending',
  'sent',
  'delivered',
  'failed',
  'unknown',
  'cancelled',
]);
export type NotificationStatus = z.infer<typeof notificationStatus>;

/** A message as the clinic sees it: what, where to, what became of it; never its text or address. */
export const notification = z.object({
  id: uuid,
  channel: notificationChannel,
  kind: notificationKind,
  /** pt-BR, for a list. */
  title: z.string(),
  status: notificationStatus,
  /** pt-BR: why it failed or is unknown. */
  reason: z.string().nullable(),
  consultation_id: uuid.nullable(),
  patient: z.object({ id: uuid, name: z.string() }).nullable(),
  attempts: z.number().int(),
  scheduled_for: instant,
  sent_at: instant.nullable(),
  read_at: instant.nullable(),
  created_at: instant,
});
export type Notification = z.infer<typeof notification>;

export const listNotificationsQuery = z.object({
  /** `own`: notices to who asks; `sent`: what went out by mail and SMS. */
  box: z.enum(['own', 'sent', 'all']).default('all'),
  status: notificationStatus.optional(),
  consultation_id: uuid.optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListNotificationsQuery = z.infer<typeof listNotificationsQuery>;

/** What a person decides about a message whose outcome nobody knows, or that failed. */
export const resolveNotification = z.object({ outcome: z.enum(['sent', 'resend', 'give_up']) });
export type ResolveNotification = z.infer<typeof resolveNotification>;

export const notificationTitles: Readonly<Record<NotificationKind, string>> = {
  'consultation.invitation': 'Convite para a consulta',
  'consultation.reminder_24h': 'Lembrete da véspera',
  'consultation.reminder_1h': 'Lembrete de uma hora antes',
  'consultation.confirmation': 'Confirmação da consulta',
  'consultation.cancellation': 'Aviso de cancelamento',
  'consultation.documents': 'Link dos documentos',
  'patient.confirmed': 'O paciente confirmou presença',
  'patient.declined': 'O paciente avisou que não poderá vir',
  'message.failed': 'Uma mensagem ao paciente não pôde ser enviada',
  'message.unknown': 'Não sabemos se uma mensagem ao paciente saiu: confira com ele',
  'webhook.dead': 'O sistema da clínica não recebeu um aviso, mesmo após várias tentativas',
  'incident.due_soon': 'Incidente de segurança: o prazo para comunicar está acabando',
  'incident.overdue': 'Incidente de segurança: o prazo para comunicar passou',
};
