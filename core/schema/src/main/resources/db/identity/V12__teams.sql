-- Teams: how many users somebody has invited, directly and through others. The database itself keeps the
-- counts, so that no way of making a user leaves them behind; who has invited nobody has no row.

create table identity.team (
  user_id      bigint primary key,
  tenant_id    bigint not null,
  direct_count bigint not null check (direct_count >= 0),
  total_count  bigint not null,
  constraint team_total check (total_count >= direct_count)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- A user with everybody above. "union" and not "union all": ends also where a cycle was written by hand.
create function identity.above(start bigint) returns table (user_id bigint)
  language sql stable as
$$
  with recursive up (id) as (
    select u.inviter_id from identity.tenant_user u where u.id = start and u.inviter_id is not null
    union
    select u.inviter_id from up join identity.tenant_user u on u.id = up.id
     where u.inviter_id is not null)
  select id from up
$$;

-- Counts somebody and whom they have brought along for everybody above, at the very end of the transaction:
-- those near the top are above many, and wait for nobody for long. Rows are locked in the order of numbers.
create function identity.count_in_teams(who bigint, tenant bigint, inviter bigint, people bigint)
  returns void
  language plpgsql as
$$
declare
  over bigint[];
begin
  select array_agg(a.user_id order by a.user_id) into over from identity.above(who) a;
  if who = any (over) then
    raise exception 'user % is above themselves (expected: invitations without a circle)', who
      using errcode = 'integrity_constraint_violation';
  end if;
  insert into identity.team (user_id, tenant_id, direct_count, total_count)
  select a, tenant, 0, 0 from unnest(over) as a order by a
  on conflict (user_id) do nothing;
  perform from identity.team t where t.user_id = any (over) order by t.user_id for no key update;
  update identity.team t
     set total_count = t.total_count + people,
         direct_count = t.direct_count + (t.user_id = inviter)::integer
   where t.user_id = any (over);
end
$$;

create function identity.user_invited() returns trigger
  language plpgsql as
$$
declare
  brought bigint;
begin
  if TG_OP = 'INSERT' then
    -- as long as nobody is put below another, those above stay the same
    perform pg_advisory_xact_lock_shared(hashtext('identity.team'), hashint8(new.tenant_id));
    perform identity.count_in_teams(new.id, new.tenant_id, new.inviter_id, 1);
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtext('identity.team'), hashint8(new.tenant_id));
  select t.total_count into brought from identity.team t where t.user_id = new.id;
  perform identity.count_in_teams(new.id, new.tenant_id, new.inviter_id, 1 + coalesce(brought, 0));
  return null;
end
$$;

create constraint trigger user_invited after insert on identity.tenant_user
  deferrable initially deferred
  for each row when (new.inviter_id is not null) execute function identity.user_invited();

-- who had no inviter may get one
create constraint trigger user_invited_later after update of inviter_id on identity.tenant_user
  deferrable initially deferred
  for each row when (old.inviter_id is null and new.inviter_id is not null)
  execute function identity.user_invited();

create function identity.inviter_stays() returns trigger
  language plpgsql as
$$
begin
  raise exception 'inviter of user %: % (expected: %, who stays)', old.id, new.inviter_id, old.inviter_id
    using errcode = 'integrity_constraint_violation';
end
$$;

create trigger inviter_stays before update of inviter_id on identity.tenant_user
  for each row when (old.inviter_id is not null and new.inviter_id is distinct from old.inviter_id)
  execute function identity.inviter_stays();

-- whoever is there already
insert into identity.team (user_id, tenant_id, direct_count, total_count)
with recursive up (user_id, tenant_id, direct) as (
  select u.inviter_id, u.tenant_id, true from identity.tenant_user u where u.inviter_id is not null
  union all
  select u.inviter_id, u.tenant_id, false
    from up join identity.tenant_user u on u.id = up.user_id
   where u.inviter_id is not null)
select user_id, tenant_id, count(*) filter (where direct), count(*)
  from up group by user_id, tenant_id;

-- those whom somebody has invited, the newest first
create index tenant_user_invited on identity.tenant_user (tenant_id, inviter_id, id) where inviter_id is not null;
drop index identity.tenant_user_by_inviter;

-- only the trigger counts
do $$
begin
  if exists (select from pg_roles where rolname = 'tollgate_app') then
    revoke delete, truncate on identity.team from tollgate_app;
  end if;
end
$$;
