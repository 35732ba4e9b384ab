-- What users choose for themselves, keys that belong to a session, and accounts that were deleted.

alter table identity.tenant_user
  add column theme text check (theme in ('system', 'light', 'dark')),
  -- in which they see times; null: the tenant's
  add column zone text check (length(zone) between 1 and 64),
  -- their own wish: address, password and ways to sign on are gone, the books are not
  add column deleted_at timestamptz,
  add constraint tenant_user_deleted_is_off
    check (deleted_at is null or (not active and email is null and password_hash is null));

-- a key of the session's own, for a page on which models are tried; null: made to last
alter table identity.api_key add column session_id uuid;
create unique index api_key_of_session on identity.api_key (session_id) where session_id is not null;

-- what a mail tells of an account: a balance or a share
alter table identity.mail
  add column detail text check (length(detail) <= 100),
  drop constraint mail_purpose_check,
  add constraint mail_purpose_check
    check (purpose in ('verify', 'reset', 'password_changed', 'balance_low', 'quota_low'));

-- a session takes its key along, whoever ends it
create function identity.end_key_of_session() returns trigger
  language plpgsql as
$$
begin
  update identity.api_key set active = false, updated_at = new.revoked_at
   where session_id = new.id and active;
  return null;
end
$$;

create trigger user_session_ended
  after update of revoked_at on identity.user_session
  for each row when (old.revoked_at is null and new.revoked_at is not null)
  execute function identity.end_key_of_session();
