import { audit, type Trx } from '@medcall/service-kit';
import { sql } from 'kysely';
import { type DemoConsultation, demoConsultations } from './agenda.ts';
import { demoMembers } from './clinics.ts';
import { saoPaulo } from './demo-day.ts';
import { demoId } from './demo-id.ts';

const MINUTE_MS = 60_000;

/** Consultations of the agenda around today, in every state. */
export async function seedAgenda(trx: Trx, now: Date): Promise<void> {
  for (const entry of demoConsultations) {
    const clinic = clinicOf(entry);
    const scheduledAt = saoPaulo(now, entry.day, entry.time);
    const inserted = await trx
      .insertInto('consultations')
      .values({
        id: demoId(`consultation:${entry.key}`),
        clinica_id: clinic,
        patient_id: demoId(`patient:${entry.patient}`),
        doctor_id: demoId(`doctor:${entry.doctor}`),
        room_id: `demo-${demoId(`room:${entry.key}`)}`,
        status: entry.status,
        type: entry.type,
        valor_consulta: entry.price,
        scheduled_at: scheduledAt,
        duration_minutes: entry.minutes,
        ai_enabled: entry.aiEnabled ?? true,
        ...timesOf(entry, scheduledAt, now),
        cancel_reason: entry.cancelReason ?? null,
        created_by: demoId(`user:${entry.doctor}`),
        created_at: new Date(
          Math.min(scheduledAt.getTime() - 7 * 24 * 60 * MINUTE_MS, now.getTime()),
        ),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!inserted) continue;
    await audit(trx, {
      action: 'consultation.create',
      tableName: 'consultations',
      recordId: inserted.id,
      patientId: demoId(`patient:${entry.patient}`),
      userId: demoId(`user:${entry.doctor}`),
      clinicaId: clinic,
      actorKind: 'medico',
    });
  }
}

function clinicOf(entry: DemoConsultation): string {
  const member = demoMembers.find(({ email }) => email === entry.doctor);
  if (!member) throw new Error(`no demonstration doctor ${entry.doctor}`);
  return demoId(`clinic:${member.clinic}`);
}

function timesOf(entry: DemoConsultation, scheduledAt: Date, now: Date) {
  const length = (entry.minutes - 8) * MINUTE_MS;
  switch (entry.status) {
    case 'IN_PROGRESS':
      return { started_at: new Date(now.getTime() - 10 * MINUTE_MS) };
    case 'COMPLETED':
      return { started_at: scheduledAt, ended_at: new Date(scheduledAt.getTime() + length) };
    case 'CANCELLED':
      return { cancelled_at: new Date(scheduledAt.getTime() - 60 * MINUTE_MS) };
    case 'WAITING':
    case 'NO_SHOW':
      return {};
  }
}

/**
 * On a later day the demonstration still shows an agenda for today: what is open and in the past
 * moves, unless somebody has booked the slot in the meantime.
 */
export async function moveAgendaToToday(trx: Trx, now: Date): Promise<void> {
  const startOfToday = saoPaulo(now, 0, '00:00');
  for (const entry of demoConsultations) {
    if (entry.day < 0) continue;
    const target = saoPaulo(now, entry.day, entry.time);
    await sql`
      update consultations as c
      set scheduled_at = ${target},
        started_at = case when c.status = 'IN_PROGRESS' then ${new Date(now.getTime() - 10 * MINUTE_MS)}::timestamptz else c.started_at end
      where c.id = ${demoId(`consultation:${entry.key}`)}
        and c.status = ${entry.status}
        and c.status in ('WAITING', 'IN_PROGRESS')
        and c.scheduled_at < ${startOfToday}
        and not exists (
          select 1 from consultations o
          where o.doctor_id = c.doctor_id and o.id <> c.id
            and o.status not in ('CANCELLED', 'NO_SHOW')
            and app.slot(o.scheduled_at, o.duration_minutes) && app.slot(${target}, c.duration_minutes)
        )`.execute(trx);
  }
}
