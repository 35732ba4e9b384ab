-- Accounts with several keys, protocols, mapped models, groups and limits of their own; what is known
-- of their health, for all gateways.

alter table relay.provider
  -- what its accounts speak, the first preferred, unless they say otherwise
  add column protocols  text[],
  -- where its accounts are reached, unless they say otherwise
  add column base_url   text check (length(base_url) between 1 and 2048),
  add column enabled    boolean not null default true,
  add column updated_at timestamptz not null default now();
update relay.provider
   set protocols = case protocol when 'openai' then array['openai', 'responses'] else array[protocol] end;
alter table relay.provider
  alter column protocols set not null,
  add constraint provider_protocols check (
    cardinality(protocols) between 1 and 4
    and protocols <@ array['openai', 'responses', 'anthropic', 'gemini']),
  drop column protocol;

alter table relay.provider_account
  -- null: the provider's
  add column protocols           text[] check (
    cardinality(protocols) between 1 and 4
    and protocols <@ array['openai', 'responses', 'anthropic', 'gemini']),
  -- null: the provider's
  alter column base_url drop not null,
  -- encrypted as keys are: a JSON list of name, value and whether the value is secret
  add column headers_sealed      bytea,
  -- encrypted as keys are: an URL, which may hold a password
  add column proxy_sealed        bytea,
  -- names of models here and at the provider
  add column model_mapping       jsonb not null default '{}' check (jsonb_typeof(model_mapping) = 'object'),
  add column groups              text[] not null default '{default}' check (cardinality(groups) between 1 and 50),
  add column requests_per_minute integer check (requests_per_minute >= 1),
  add column tokens_per_minute   bigint check (tokens_per_minute >= 1),
  add column max_concurrency     integer check (max_concurrency >= 1),
  -- what usage costs here, as a multiple of what it costs elsewhere
  add column cost_factor         numeric(9, 4) not null default 1 check (cost_factor >= 0),
  -- set when it is deleted: requests of the past still name it
  add column archived_at         timestamptz,
  drop constraint provider_account_provider_id_name_key;
create unique index provider_account_name on relay.provider_account (provider_id, name)
  where archived_at is null;
create index provider_account_listed on relay.provider_account (id) where archived_at is null;

create table relay.provider_key (
  id         bigint generated always as identity primary key,
  account_id bigint not null references relay.provider_account (id) on delete cascade,
  -- encrypted with the account's provider and name as associated data
  sealed     bytea not null,
  created_at timestamptz not null default now()
);
create index provider_key_by_account on relay.provider_key (account_id, id);
insert into relay.provider_key (account_id, sealed)
  select id, key_sealed from relay.provider_account order by id;
alter table relay.provider_account drop column key_sealed;

-- what the gateways have learned, the latest of each; a row without rest tells of the last failure only
create table relay.account_health (
  account_id bigint not null references relay.provider_account (id) on delete cascade,
  -- 0: what is said of the account itself
  key_id     bigint not null default 0,
  state      text not null check (state in ('healthy', 'doubtful', 'cooling', 'circuit_open', 'banned')),
  -- until when it rests; null: until somebody puts it back
  until      timestamptz,
  -- why it was left the last time; null: never
  failure    text check (failure in ('rate_limited', 'unreachable', 'failed', 'banned')),
  status     integer check (status between 100 and 999),
  failed_at  timestamptz,
  -- new with every change
  version    bigint not null,
  primary key (account_id, key_id)
);
create sequence relay.account_health_version;

-- how the requests of a tenant choose among accounts of equal priority
create table relay.tenant_routing (
  tenant_id  bigint primary key check (tenant_id > 0),
  strategy   text not null check (strategy in ('weighted', 'least_cost', 'lowest_latency')),
  updated_at timestamptz not null default now()
);

-- Tells gateways to look again: at everything, or at the health of one account, by its number.
create function relay.tell_accounts() returns trigger
  language plpgsql as
$$
begin
  perform pg_notify('tollgate_provider_accounts', '*');
  return null;
end
$$;

create trigger provider_changed after insert or update or delete on relay.provider
  for each statement execute function relay.tell_accounts();
create trigger provider_account_changed after insert or update or delete on relay.provider_account
  for each statement execute function relay.tell_accounts();
create trigger provider_key_changed after insert or update or delete on relay.provider_key
  for each statement execute function relay.tell_accounts();
create trigger tenant_routing_changed after insert or update or delete on relay.tenant_routing
  for each statement execute function relay.tell_accounts();

create function relay.tell_account_health() returns trigger
  language plpgsql as
$$
begin
  perform pg_notify('tollgate_provider_accounts', new.account_id::text);
  return null;
end
$$;

create trigger account_health_changed after insert or update on relay.account_health
  for each row execute function relay.tell_account_health();
