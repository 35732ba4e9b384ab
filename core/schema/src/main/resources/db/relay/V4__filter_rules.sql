-- A filter of a tenant's own, asked over HTTP before requests and after answers. A key's rule only
-- says that its requests go without.
create table relay.filter_rule (
  id             bigint generated always as identity primary key,
  tenant_id      bigint not null check (tenant_id > 0),
  -- null: all keys of the tenant
  api_key_id     bigint check (api_key_id > 0),
  enabled        boolean not null,
  url            text check (length(url) between 1 and 2048),
  -- encrypted: what the filter knows us by
  secret_sealed  bytea,
  before_request boolean not null,
  after_answer   boolean not null,
  -- whether requests go on when the filter does not answer
  fail_open      boolean not null,
  timeout_ms     integer not null check (timeout_ms between 10 and 10000),
  -- whether the address may be one of a private network, and plain
  private        boolean not null,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  constraint filter_rule_once unique nulls not distinct (tenant_id, api_key_id),
  constraint filter_rule_of_tenant check (
    (api_key_id is null) = (url is not null) and (url is null) = (secret_sealed is null))
);
create index filter_rule_by_tenant on relay.filter_rule (tenant_id, id);

create trigger filter_rule_changed after insert or update or delete on relay.filter_rule
  for each statement execute function relay.tell_rules();
