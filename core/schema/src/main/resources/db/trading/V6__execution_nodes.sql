-- Where accounts are traded on that are not traded on from the centre.
create table trading.execution_node (
  id                bigint generated always as identity primary key,
  node_code         text        not null check (node_code ~ '^[A-Za-z0-9_.-]{1,64}$'),
  name              text        not null check (length(name) between 1 and 100),
  base_url          text        not null check (length(base_url) <= 200 and base_url ~ '^https?://[^/?#]+$'),
  active            boolean     not null,
  last_heartbeat_at timestamptz,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint execution_node_code unique (node_code)
);

-- of an account that is unbound nobody asks any more where it was traded on
update trading.exchange_account set execution_node_id = null;
alter table trading.exchange_account
  add constraint exchange_account_node foreign key (execution_node_id)
  references trading.execution_node on delete set null;
