-- Tells processes that remember what a user may spend when the free tokens change, by whatever
-- hand: tenant:user, or tenant:* when it is those of all users of a tenant.

create function identity.tell_entitlements_of_user() returns trigger
  language plpgsql as
$$
begin
  perform pg_notify('tollgate_entitlements', old.tenant_id || ':' || old.id);
  return null;
end
$$;

create trigger tenant_user_entitled
  after update of monthly_free_tokens on identity.tenant_user
  for each row when (old.monthly_free_tokens is distinct from new.monthly_free_tokens)
  execute function identity.tell_entitlements_of_user();

create function identity.tell_entitlements_of_tenant() returns trigger
  language plpgsql as
$$
begin
  perform pg_notify('tollgate_entitlements', old.id || ':*');
  return null;
end
$$;

create trigger tenant_entitled
  after update of monthly_free_tokens, zone on identity.tenant
  for each row when (
    old.monthly_free_tokens <> new.monthly_free_tokens or old.zone <> new.zone)
  execute function identity.tell_entitlements_of_tenant();
