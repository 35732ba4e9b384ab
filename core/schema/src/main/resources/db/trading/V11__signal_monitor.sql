-- Who looks at bars for signals: what was asked of it, and how far it has come.

-- What administrators set.
create table trading.signal_monitor (
  id                    boolean     primary key default true check (id),
  -- whether it looks
  running               boolean     not null default true,
  -- what becomes of signals
  mode                  text        not null default 'auto_execute'
    check (mode in ('notify_only', 'confirm_each', 'auto_execute')),
  -- seconds between two looks at a pair at most, whether or not a bar has closed
  interval_seconds      integer     not null default 300 check (interval_seconds between 5 and 86400),
  -- seconds between two comparisons of an account with its exchange; null: as the program is set
  sync_interval_seconds integer     check (sync_interval_seconds between 5 and 86400),
  notify_on_signal      boolean     not null default false,
  updated_at            timestamptz not null default now()
);
insert into trading.signal_monitor default values;

-- What the process that looks says of itself.
create table trading.signal_watch (
  id             boolean     primary key default true check (id),
  -- drawn at its start
  holder         text,
  beat_at        timestamptz,
  last_check_at  timestamptz,
  last_signal_at timestamptz,
  total_checks   bigint      not null default 0,
  total_signals  bigint      not null default 0,
  errors         bigint      not null default 0
);
insert into trading.signal_watch default values;

-- A strategy on a pair.
create table trading.signal_scan (
  strategy_id    bigint      not null references trading.strategy,
  symbol         text        not null check (length(symbol) between 1 and 41),
  -- grows with each change: who comes with an older one has been overtaken
  version        bigint      not null default 0,
  -- what the state depends on; null, and all of the state: no bar was seen yet
  identity       text,
  first_bar_at   timestamptz,
  last_bar_at    timestamptz,
  -- open, high, low, close and volume of the last bar
  last_bar       double precision[] check (cardinality(last_bar) = 5),
  bars           bigint      not null default 0,
  gaps           bigint      not null default 0,
  fold           bytea,
  cooling_until  timestamptz,
  -- made again, as the exchange told a bar otherwise
  revisions      bigint      not null default 0,
  -- said too late to be traded
  late           bigint      not null default 0,
  last_scan_at   timestamptz,
  last_signal_at timestamptz,
  last_outcome   text        check (length(last_outcome) <= 40),
  errors         bigint      not null default 0,
  last_error     text        check (length(last_error) <= 500),
  last_error_at  timestamptz,
  primary key (strategy_id, symbol),
  constraint signal_scan_state check (num_nulls(identity, first_bar_at, last_bar_at, last_bar, fold) in (0, 5))
);
create index signal_scan_cooling on trading.signal_scan (cooling_until) where cooling_until is not null;

-- one that waits for somebody's word; null: it does not
alter table trading.signal add column held_at timestamptz;
