-- 0040 makes a planned reminder unique. A database that was used before it may hold two of one kind: the
-- earlier one stays. Where 0040 has run already there is nothing to do.
update public.notifications n
  set status = 'cancelled'
  where n.status = 'queued'
    and n.kind in ('consultation.reminder_24h', 'consultation.reminder_1h')
    and exists (
      select 1 from public.notifications earlier
      where earlier.consultation_id = n.consultation_id and earlier.kind = n.kind
        and earlier.channel = n.channel and earlier.status = 'queued'
        and (earlier.created_at, earlier.id) < (n.created_at, n.id)
    );
