-- First answers to calls that move money: the same key and request are answered alike again.
create table merchant.answer (
  tenant_id    bigint      not null,
  operation    text        not null check (length(operation) between 1 and 64),
  idempotency_key text     not null check (length(idempotency_key) between 1 and 128),
  -- SHA-256 of what was asked for, in one form
  request_hash bytea       not null check (length(request_hash) = 32),
  data         text,
  created_at   timestamptz not null,
  primary key (tenant_id, operation, idempotency_key)
);
