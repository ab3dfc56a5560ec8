-- Who changes the address of an account is told of it at the address from before: whoever took the account over
-- cannot do it unseen. The address stands in the notice until it is out.
alter table auth_embedded.account_notices add column sent_to text check (length(sent_to) between 3 and 320);
alter table auth_embedded.account_notices drop constraint account_notices_kind_check;
alter table auth_embedded.account_notices add constraint account_notices_kind_check check (kind in
  ('factor_added', 'factor_removed', 'factor_reset', 'recovery_codes_made', 'recovery_code_used', 'email_changed'));
update app.job_kinds set description = 'tell a person that their account has changed' where kind = 'identity.notice';
grant update (sent_to) on auth_embedded.account_notices to medcall_jobs;
