-- Whether a doctor follows his agenda in a calendar outside is asked when a booking changes, and by nobody
-- else: a colleague learnt of it by calling the function himself. The trigger asks as the owner.
alter function app.calendar_push() security definer;
revoke execute on function app.calendar_follows(uuid, uuid[]) from authenticated, service_role;
