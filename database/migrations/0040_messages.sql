-- Messages that are sent: what is fixed at the first try, what a vendor was asked, what a patient
-- answered; and the events of a consultation, caused where its status changes.

alter table public.notifications
  -- When the running try began: a try that is older than its own deadline has an unknown outcome.
  add column sending_since timestamptz,
  add column next_attempt_at timestamptz,
  -- Times that a person asked for it again: part of the key by which the vendor knows a repetition.
  add column resends integer not null default 0,
  -- Keyed hash of the address it went to: finds a reply's message without keeping the number.
  add column recipient_hash bytea check (length(recipient_hash) = 32);
create index notifications_recipient on public.notifications (recipient_hash, sent_at desc)
  where recipient_hash is not null;
create index notifications_consultation on public.notifications (consultation_id) where consultation_id is not null;
-- A reminder is planned once; the next one may be planned when this one went out.
create unique index notifications_planned on public.notifications (consultation_id, kind, channel)
  where status = 'queued' and kind in ('consultation.reminder_24h', 'consultation.reminder_1h');

-- People ask for messages; what became of them is the system's to write.
revoke insert, update on public.notifications from authenticated;
grant insert (id, clinica_id, consultation_id, patient_id, channel, kind, params, scheduled_for)
  on public.notifications to authenticated;
grant update (read_at) on public.notifications to authenticated;

-- The message itself, sealed, from the first try until it is out: a repetition must be the same text
-- to the letter, and a copy of the database must show no link into a room.
create table public.notification_messages (
  notification_id uuid primary key references public.notifications on delete cascade,
  sealed bytea not null,
  created_at timestamptz not null default now()
);
call app.protect('public.notification_messages');

-- Each reply once, however often the vendor calls.
create table public.sms_replies (
  provider_id text primary key check (length(provider_id) between 1 and 100),
  notification_id uuid references public.notifications,
  answer text not null check (answer in ('confirmed', 'declined', 'other')),
  received_at timestamptz not null default now()
);
call app.protect('public.sms_replies');

-- What the patient answered to the reminder. A "no" cancels nothing: a person decides.
alter table public.consultations
  add column patient_answer text check (patient_answer in ('confirmed', 'declined')),
  add column patient_answered_at timestamptz,
  add check ((patient_answer is null) = (patient_answered_at is null));

alter table public.webhook_deliveries add column last_attempt_at timestamptz;
create index webhook_deliveries_status on public.webhook_deliveries (clinica_id, status, created_at desc);
-- The old secret signs beside the new one for a while, so that a receiver can change without a gap.
alter table public.clinic_secrets
  add column webhook_previous_sealed bytea,
  add column webhook_previous_until timestamptz;

-- Events ---------------------------------------------------------------------------------------
-- Three services change a consultation, and none of them may forget its event: the row itself asks
-- for the job, in the transaction that changed it.
create function app.consultation_events() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    perform app.enqueue('consultation.created', new.id);
    if new.scheduled_at is not null and new.status = 'WAITING' then
      perform app.enqueue('consultation.reminders', new.id);
    end if;
    return null;
  end if;
  if new.status is distinct from old.status then
    case new.status
      when 'IN_PROGRESS' then perform app.enqueue('consultation.started', new.id);
      when 'COMPLETED' then perform app.enqueue('consultation.completed', new.id);
      when 'CANCELLED' then perform app.enqueue('consultation.cancelled', new.id);
      else null;
    end case;
  end if;
  if new.scheduled_at is distinct from old.scheduled_at
    or (old.scheduled_at is not null and new.status is distinct from old.status) then
    perform app.enqueue('consultation.reminders', new.id);
  end if;
  return null;
end
$$;
revoke all on function app.consultation_events() from public;
create trigger events after insert or update of status, scheduled_at on public.consultations
  for each row execute function app.consultation_events();

-- An answer belongs to a time: a moved consultation asks again.
create function app.forget_patient_answer() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.patient_answer := null;
  new.patient_answered_at := null;
  return new;
end
$$;
revoke all on function app.forget_patient_answer() from public;
create trigger answer_of_a_time before update of scheduled_at on public.consultations
  for each row when (old.scheduled_at is distinct from new.scheduled_at and old.patient_answer is not null)
  execute function app.forget_patient_answer();
