-- What administrators have changed, written with the change; and who has signed in and out, or tried to.
-- Nothing of it is ever edited; what is older than its time of keeping is deleted.
create table identity.admin_change (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  -- null: nobody who is known, as a sign-in failed
  admin_id   bigint,
  -- as it was then; of a failed sign-in what was given, in part
  username   text        not null check (length(username) <= 64),
  -- method and path of the call
  action     text        not null check (length(action) <= 200),
  path       text        not null check (length(path) <= 500),
  -- what was changed first; empty where it is no row of ours
  thing      text        not null check (length(thing) <= 64),
  thing_id   text        not null check (length(thing_id) <= 200),
  tenant_id  bigint,
  -- [{thing, id, tenant_id, before, after}]: the columns that differ, secrets masked
  changes    jsonb       not null,
  -- how many rows; more than there are changes when they were too many to be kept
  changed    integer     not null check (changed >= 0),
  outcome    text        not null check (outcome in ('done', 'refused')),
  -- why it was refused
  error_code text        check (length(error_code) <= 64),
  request_id uuid        not null,
  address    text        not null check (length(address) <= 64),
  device     text        not null check (length(device) <= 200)
);
-- every filter has its way in, in the list's order
create index admin_change_by_time on identity.admin_change (at, id);
create index admin_change_by_admin on identity.admin_change (admin_id, at, id) where admin_id is not null;
create index admin_change_by_action on identity.admin_change (action, at, id);
create index admin_change_by_thing on identity.admin_change (thing, thing_id, at, id);
create index admin_change_by_tenant on identity.admin_change (tenant_id, at, id) where tenant_id is not null;
create index admin_change_by_request on identity.admin_change (request_id);
create index admin_change_refused on identity.admin_change (at, id) where outcome = 'refused';

do $$
begin
  if exists (select from pg_roles where rolname = 'tollgate_app') then
    revoke update, truncate on identity.admin_change from tollgate_app;
  end if;
end
$$;
