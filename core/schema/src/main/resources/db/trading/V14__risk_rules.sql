-- Rules of risk as administrators set them: for the platform, for a tenant, for an account. What is not here is as
-- it is usually: the platform has each rule, tenants and accounts have none.
create table trading.risk_setting (
  id         bigint      generated always as identity primary key,
  scope      text        not null check (scope in ('platform', 'tenant', 'account')),
  -- number of the tenant or the account; 0 of the platform
  scope_id   bigint      not null check (scope_id >= 0),
  rule       text        not null check (length(rule) between 1 and 64),
  enabled    boolean     not null,
  -- all that the rule has, an object
  parameters jsonb       not null,
  updated_at timestamptz not null,
  constraint risk_setting_once unique (scope, scope_id, rule),
  check ((scope = 'platform') = (scope_id = 0))
);

-- Why orders were not reserved is counted by day.
create index signal_event_rejected on trading.signal_event (created_at) where event_type = 'RISK_REJECTED';
