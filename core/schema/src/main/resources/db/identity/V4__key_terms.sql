-- What a key may do, and another secret for it that goes on for a while after a rotation.

alter table identity.api_key
  -- null: all; a name, or the beginning of names with * behind it
  add column models            text[] check (cardinality(models) between 1 and 200),
  -- null: from everywhere; blocks of addresses as 10.0.0.0/8
  add column addresses         text[] check (cardinality(addresses) between 1 and 200),
  add column tokens_per_minute bigint check (tokens_per_minute between 1 and 1000000000000),
  add column concurrent_max    integer check (concurrent_max between 1 and 1000000),
  -- groups of provider accounts that may serve it
  add column account_groups    text[] not null default '{default}'
    check (cardinality(account_groups) between 1 and 20),
  add column updated_at        timestamptz,
  add column retiring_hash     bytea check (length(retiring_hash) = 32),
  add column retiring_until    timestamptz,
  add constraint api_key_retiring check ((retiring_hash is null) = (retiring_until is null)),
  add constraint api_key_retiring_hash unique (retiring_hash);

update identity.api_key set updated_at = created_at;
alter table identity.api_key alter column updated_at set not null;

-- lists are by id; each filter of the admin's list has its way in
create index api_key_by_tenant on identity.api_key (tenant_id, id);
create index api_key_of_user on identity.api_key (user_id, id);
create index api_key_by_prefix on identity.api_key (prefix text_pattern_ops);
create index api_key_by_name on identity.api_key (lower(name) text_pattern_ops);
create index api_key_disabled on identity.api_key (id) where not active;

create function identity.tell_api_key() returns trigger
  language plpgsql as
$$
begin
  perform pg_notify('tollgate_credentials', encode(old.secret_hash, 'hex'));
  if old.retiring_hash is not null then
    perform pg_notify('tollgate_credentials', encode(old.retiring_hash, 'hex'));
  end if;
  return null;
end
$$;

drop trigger api_key_changed on identity.api_key;

create trigger api_key_changed
  after delete or update of secret_hash, retiring_hash, retiring_until, tenant_id, user_id, models, addresses,
    requests_per_minute, tokens_per_minute, concurrent_max, account_groups, active, expires_at
  on identity.api_key
  for each row execute function identity.tell_api_key();

create or replace function identity.tell_credentials_of_user() returns trigger
  language plpgsql as
$$
begin
  perform pg_notify('tollgate_credentials', encode(h.hash, 'hex'))
     from identity.api_key k
     cross join lateral (values (k.secret_hash), (k.retiring_hash)) as h (hash)
    where k.tenant_id = old.tenant_id and k.user_id = old.id and h.hash is not null;
  return null;
end
$$;
