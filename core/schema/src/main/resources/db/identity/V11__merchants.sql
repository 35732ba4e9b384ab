-- What a tenant is to its own backend: a root user, keys that rotate, and a plan that bounds its calls.

-- The user that is the tenant itself: who nobody invited is invited by it, and what is nobody's is its.
alter table identity.tenant_user add column is_root boolean not null default false;
create unique index tenant_user_root on identity.tenant_user (tenant_id) where is_root;

-- Made with every tenant, by whatever hand. Its address is under a domain that never exists (RFC 2606).
create function identity.make_root(made identity.tenant) returns void
  language plpgsql as
$$
declare
  -- as people read it to each other: without 0 O 1 I
  readable constant text := 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  number   bigint;
  drawn    bytea;
  code     text;
begin
  loop
    number := nextval('identity.tenant_user_id_seq');
    drawn := uuid_send(gen_random_uuid());
    -- bytes of a random UUID that hold neither its version nor its variant
    select string_agg(substr(readable, get_byte(drawn, place) % 32 + 1, 1), '')
      into code
      from unnest('{0,1,2,3,9,10,11,12}'::integer[]) as place;
    insert into identity.tenant_user (id, tenant_id, external_id, email, invite_code, is_root,
                                      monthly_free_tokens, created_at)
    values (number, made.id, number::text, 'root@tenant-' || made.id || '.invalid', code, true, 0,
            made.created_at)
    on conflict do nothing;
    exit when found;
    if exists (select from identity.tenant_user
                where tenant_id = made.id
                  and (is_root or email = 'root@tenant-' || made.id || '.invalid')) then
      exit;
    end if;
    -- the number is somebody's external id, or the code was drawn before
  end loop;
end
$$;

create function identity.tenant_has_root() returns trigger
  language plpgsql as
$$
begin
  perform identity.make_root(new);
  return null;
end
$$;

create trigger tenant_made after insert on identity.tenant
  for each row execute function identity.tenant_has_root();

do $$
declare
  there identity.tenant;
begin
  for there in select * from identity.tenant order by id loop
    perform identity.make_root(there);
  end loop;
end
$$;

-- How much a tenant may have. Null: no limit.
create table identity.quota_plan (
  id                    bigint generated always as identity primary key,
  code                  text        not null check (code ~ '^[a-z0-9_-]{1,32}$'),
  name                  text        not null check (length(name) between 1 and 64),
  -- calls of the merchant interface, in days and months of the tenant's zone
  api_calls_daily       bigint      check (api_calls_daily between 0 and 1000000000000),
  api_calls_monthly     bigint      check (api_calls_monthly between 0 and 1000000000000),
  max_users             bigint      check (max_users between 0 and 1000000000000),
  max_strategies        bigint      check (max_strategies between 0 and 1000000000000),
  max_exchange_accounts bigint      check (max_exchange_accounts between 0 and 1000000000000),
  -- shown, and charged by nobody
  fee                   numeric(20, 8) not null default 0 check (fee >= 0),
  active                boolean     not null default true,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  constraint quota_plan_code unique (code)
);

insert into identity.quota_plan
  (code, name, api_calls_daily, api_calls_monthly, max_users, max_strategies, max_exchange_accounts,
   created_at, updated_at)
values
  ('free', 'Free', 1000, 20000, 100, 2, 10, now(), now()),
  ('basic', 'Basic', 10000, 200000, 1000, 20, 100, now(), now()),
  ('pro', 'Pro', 100000, 2000000, 10000, 200, 1000, now(), now()),
  ('enterprise', 'Enterprise', null, null, null, null, null, now(), now());

alter table identity.tenant
  -- null: no limits
  add column quota_plan_id           bigint references identity.quota_plan,
  -- whether its backend may sign in the old way, which covers neither body nor path
  add column md5_signing             boolean not null default true,
  -- keys that were replaced, and go on for a while
  add column retiring_app_key        text,
  add column retiring_secret_sealed  bytea,
  add column retiring_until          timestamptz,
  add constraint tenant_retiring_app_key unique (retiring_app_key),
  add constraint tenant_retiring check (
    (retiring_app_key is null) = (retiring_until is null)
    and (retiring_app_key is null) = (retiring_secret_sealed is null));
create index tenant_by_quota_plan on identity.tenant (quota_plan_id) where quota_plan_id is not null;

-- Calls of the merchant interface that were let through, in days and months of the tenant's zone.
create table identity.merchant_calls (
  tenant_id  bigint not null references identity.tenant,
  period     text   not null check (period in ('day', 'month')),
  starts_on  date   not null,
  calls      bigint not null check (calls >= 1),
  primary key (tenant_id, period, starts_on)
) with (fillfactor = 50);

-- Nonces that were used: a signed request passes once, whichever process it comes to.
create table identity.merchant_nonce (
  tenant_id  bigint      not null references identity.tenant,
  -- SHA-256
  nonce_hash bytea       not null check (length(nonce_hash) = 32),
  expires_at timestamptz not null,
  primary key (tenant_id, nonce_hash)
);
create index merchant_nonce_by_expiry on identity.merchant_nonce (expires_at);
