-- What users may ask for with all their keys together, as what they have subscribed to says.
create table identity.access_terms (
  -- given by who makes them: a plan's number
  id                  bigint  primary key check (id > 0),
  tenant_id           bigint  not null references identity.tenant,
  -- null: all; a name, or the beginning of names with * behind it
  models              text[]  check (cardinality(models) between 1 and 200),
  requests_per_minute integer check (requests_per_minute between 1 and 1000000),
  tokens_per_minute   bigint  check (tokens_per_minute between 1 and 1000000000000),
  concurrent_max      integer check (concurrent_max between 1 and 1000000),
  constraint access_terms_of_tenant unique (tenant_id, id)
);

alter table identity.tenant_user
  -- null: whatever their keys may
  add column access_terms_id bigint,
  add constraint tenant_user_access_terms foreign key (tenant_id, access_terms_id)
    references identity.access_terms (tenant_id, id);

create trigger tenant_user_access_changed
  after update of access_terms_id on identity.tenant_user
  for each row when (old.access_terms_id is distinct from new.access_terms_id)
  execute function identity.tell_credentials_of_user();

create trigger access_terms_changed
  after update on identity.access_terms
  for each row when (old.* is distinct from new.*)
  execute function identity.tell_any_credential();
