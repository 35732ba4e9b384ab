-- Requests and answers that are kept, encrypted, for a time. A key's rule narrows that of its tenant,
-- and does nothing alone.
create table relay.prompt_rule (
  id          bigint generated always as identity primary key,
  tenant_id   bigint not null check (tenant_id > 0),
  -- null: all keys of the tenant
  api_key_id  bigint check (api_key_id > 0),
  enabled     boolean not null,
  -- for how long they are kept; null: as the tenant's
  ttl_seconds integer check (ttl_seconds between 1 and 31536000),
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  constraint prompt_rule_once unique nulls not distinct (tenant_id, api_key_id),
  constraint prompt_rule_of_tenant check (api_key_id is not null or ttl_seconds is not null)
);
create index prompt_rule_by_tenant on relay.prompt_rule (tenant_id, id);

create trigger prompt_rule_changed after insert or update or delete on relay.prompt_rule
  for each statement execute function relay.tell_rules();

create table relay.kept_prompt (
  request_id uuid primary key,
  tenant_id  bigint not null check (tenant_id > 0),
  user_id    bigint not null check (user_id > 0),
  api_key_id bigint not null check (api_key_id > 0),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- encrypted with request and tenant as associated data: both bodies and what is told of them
  sealed     bytea not null
);
create index kept_prompt_expires on relay.kept_prompt (expires_at);
create index kept_prompt_of_user on relay.kept_prompt (tenant_id, user_id);
