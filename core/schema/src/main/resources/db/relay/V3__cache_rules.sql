-- Whether answers of a tenant's requests are kept, and answered again to the same request. A key's
-- rule narrows that of its tenant, and does nothing alone.
create sequence relay.cache_generation;

create table relay.cache_rule (
  id          bigint generated always as identity primary key,
  tenant_id   bigint not null check (tenant_id > 0),
  -- null: all keys of the tenant
  api_key_id  bigint check (api_key_id > 0),
  enabled     boolean not null,
  -- for how long an answer is kept; null: as the tenant's
  ttl_seconds integer check (ttl_seconds between 1 and 2592000),
  -- which share of its price an answer from the cache costs; the tenant's alone
  hit_share   numeric(5, 4) check (hit_share between 0 and 1),
  -- answers kept under an older one are never found again
  generation  bigint not null default nextval('relay.cache_generation'),
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  constraint cache_rule_once unique nulls not distinct (tenant_id, api_key_id),
  constraint cache_rule_of_tenant check (
    (api_key_id is null and ttl_seconds is not null and hit_share is not null)
    or (api_key_id is not null and hit_share is null))
);
create index cache_rule_by_tenant on relay.cache_rule (tenant_id, id);

-- Tells gateways to read all rules again.
create function relay.tell_rules() returns trigger
  language plpgsql as
$$
begin
  perform pg_notify('tollgate_relay_rules', '');
  return null;
end
$$;

create trigger cache_rule_changed after insert or update or delete on relay.cache_rule
  for each statement execute function relay.tell_rules();
