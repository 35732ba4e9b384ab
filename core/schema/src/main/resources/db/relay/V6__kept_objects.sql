-- What providers keep for our callers under an id of their own: files, batches and responses. Written
-- before the caller hears of the id; only the account that has it knows it.
create table relay.kept_object (
  kind        text        not null check (kind in ('file', 'batch', 'response')),
  object_id   text        not null check (length(object_id) between 1 and 256),
  account_id  bigint      not null,
  -- the account's key that it was made with: a provider may keep things by key
  key_id      bigint      not null,
  tenant_id   bigint      not null check (tenant_id > 0),
  user_id     bigint      not null,
  api_key_id  bigint      not null,
  model       text        not null,
  -- the request that made it; what is charged when it has ended is held under this id
  charge_id   uuid        not null,
  -- kept: there to be asked for; running: charged when it has ended; ended: charged; deleted
  state       text        not null check (state in ('kept', 'running', 'ended', 'deleted')),
  -- as the provider told it, for lists
  purpose     text        not null default '',
  document    text        not null default '',
  created_at  timestamptz not null,
  changed_at  timestamptz not null,
  -- when it is looked at next, while it runs; and how often that failed in a row
  due_at      timestamptz,
  failures    integer     not null default 0,
  primary key (kind, object_id, account_id)
);
create index kept_object_of_user on relay.kept_object (tenant_id, user_id, kind, created_at, object_id);
create index kept_object_due on relay.kept_object (due_at) where state = 'running';
create index kept_object_charge on relay.kept_object (charge_id) where state = 'running';
create index kept_object_age on relay.kept_object (kind, created_at);

-- The lines of batches' input files: what each was reserved for, and what it was charged under which id.
create table relay.batch_line (
  -- the request that made the batch
  batch         uuid        not null,
  number        integer     not null check (number > 0),
  custom_id     text        not null check (length(custom_id) <= 512),
  input_tokens  bigint      not null check (input_tokens >= 0),
  output_tokens bigint      not null check (output_tokens >= 0),
  -- null: not charged (yet)
  charge_id     uuid,
  charged       bigint,
  created_at    timestamptz not null,
  primary key (batch, number),
  unique (batch, custom_id)
);
create index batch_line_age on relay.batch_line (created_at);
