-- How gateways share the limits of keys: who they are, and who may use how much of what.

create table identity.rate_member (
  id      uuid primary key,
  -- of one process: two that have the same id find out by it
  epoch   uuid        not null,
  seen_at timestamptz not null,
  -- false: it takes itself for the only one, and uses the limits whole
  sharing boolean     not null
);

create table identity.rate_share (
  key_id    bigint not null,
  kind      text   not null check (kind in ('requests', 'tokens', 'running')),
  member_id uuid   not null references identity.rate_member on delete cascade,
  share     bigint not null check (share >= 0),
  wanted    bigint not null check (wanted >= 0),
  primary key (key_id, kind, member_id)
) with (fillfactor = 50);
create index rate_share_by_member on identity.rate_share (member_id);
