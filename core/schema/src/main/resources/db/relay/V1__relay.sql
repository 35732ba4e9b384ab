-- Providers of AI models, and the accounts we hold with them.

create table relay.provider (
  id bigint generated always as identity primary key,
  name text not null unique check (name ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  -- the protocol its accounts are spoken to in
  protocol text not null check (protocol in ('openai', 'anthropic', 'gemini')),
  created_at timestamptz not null default now()
);

create table relay.provider_account (
  id bigint generated always as identity primary key,
  provider_id bigint not null references relay.provider (id),
  name text not null check (length(name) between 1 and 128),
  base_url text not null check (length(base_url) between 1 and 2048),
  -- encrypted with the account's provider and name as associated data
  key_sealed bytea not null,
  -- lower goes first
  priority integer not null default 0,
  -- share of the load among accounts of one priority
  weight integer not null default 1 check (weight between 1 and 1000),
  enabled boolean not null default true,
  -- null: every model
  models text[] check (models is null or cardinality(models) between 1 and 1000),
  is_sandbox boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, name)
);
