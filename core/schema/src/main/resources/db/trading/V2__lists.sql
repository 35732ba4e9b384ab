-- What administrators see and change of the register.

-- A strategy that is gone stays for what was traded by it; its code is free again.
alter table trading.strategy add column deleted_at timestamptz;
alter table trading.strategy drop constraint strategy_code;
create unique index strategy_code on trading.strategy (code) where deleted_at is null;

-- How much of what it would trade a binding does trade, in percent.
alter table trading.binding add column ratio integer not null default 100 check (ratio between 1 and 100);

create index binding_of_tenant on trading.binding (tenant_id, id);
create index binding_of_user on trading.binding (user_id, id);
create index binding_of_strategy on trading.binding (strategy_id, id);
create index exchange_account_by_node on trading.exchange_account (execution_node_id, id)
  where unbound_at is null;
