-- Tells processes that remember keys and tokens when one has changed, by whatever hand. Listeners
-- know it by the hash of its secret, in hex; '*' is any.

create function identity.tell_credential() returns trigger
  language plpgsql as
$$
begin
  perform pg_notify('tollgate_credentials', encode(old.secret_hash, 'hex'));
  return null;
end
$$;

create trigger api_key_changed
  after delete or update of secret_hash, tenant_id, user_id, requests_per_minute, active, expires_at
  on identity.api_key
  for each row execute function identity.tell_credential();

create trigger service_token_changed
  after delete or update of secret_hash, tenant_id, active
  on identity.service_token
  for each row execute function identity.tell_credential();

create function identity.tell_credentials_of_user() returns trigger
  language plpgsql as
$$
begin
  perform pg_notify('tollgate_credentials', encode(k.secret_hash, 'hex'))
     from identity.api_key k
    where k.tenant_id = old.tenant_id and k.user_id = old.id;
  return null;
end
$$;

create trigger tenant_user_changed
  after update of external_id, active on identity.tenant_user
  for each row when (old.external_id <> new.external_id or old.active <> new.active)
  execute function identity.tell_credentials_of_user();

create function identity.tell_any_credential() returns trigger
  language plpgsql as
$$
begin
  perform pg_notify('tollgate_credentials', '*');
  return null;
end
$$;

create trigger tenant_changed
  after update of currency, active on identity.tenant
  for each row when (old.currency <> new.currency or old.active <> new.active)
  execute function identity.tell_any_credential();
