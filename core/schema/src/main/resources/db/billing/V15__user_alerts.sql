-- Of what users want to be told: once when it comes to be, and again after it was otherwise.
create table billing.user_alert (
  user_id         bigint      primary key,
  tenant_id       bigint      not null,
  -- told when the balance is below it, smallest units of the tenant's currency
  balance_below   bigint      check (balance_below > 0),
  -- told when this share of the free tokens is used up
  quota_percent   smallint    check (quota_percent between 1 and 100),
  balance_told_at timestamptz,
  quota_told_at   timestamptz,
  updated_at      timestamptz not null,
  constraint user_alert_of_something check (balance_below is not null or quota_percent is not null)
);
