-- From signal to money: what was asked for, ordered, filled, held and earned.

-- What strategies said, once for each strategy, pair, bar and side.
create table trading.signal (
  signal_id     text        primary key check (signal_id ~ '^SIG[0-9A-F]{16}$'),
  strategy_id   bigint      not null references trading.strategy,
  strategy_code text        not null,
  market_type   text        not null check (market_type in ('spot', 'future')),
  symbol        text        not null check (length(symbol) between 1 and 41),
  side          text        not null check (side in ('BUY', 'SELL')),
  signal_type   text        not null check (signal_type in ('OPEN', 'CLOSE', 'ADD')),
  -- at which it was said; null: none was
  entry_price   numeric check (entry_price > 0),
  stop_loss     numeric check (stop_loss > 0),
  take_profit   numeric check (take_profit > 0),
  confidence    numeric(7, 4) check (confidence between 0 and 100),
  reason        text        not null default '' check (length(reason) <= 1000),
  timeframe     text        not null,
  bar_closed_at timestamptz not null,
  expires_at    timestamptz not null,
  status        text        not null check (status in ('pending', 'risk_checking', 'passed', 'rejected',
                  'dispatched', 'executing', 'executed', 'failed', 'cancelled', 'expired')),
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  constraint signal_once unique (strategy_id, symbol, bar_closed_at, side, signal_type)
);
-- those that have not ended
create index signal_under_way on trading.signal (created_at)
  where status in ('pending', 'risk_checking', 'passed', 'dispatched', 'executing');

-- What happened to signals, on each account.
create table trading.signal_event (
  id             bigint generated always as identity primary key,
  signal_id      text        not null,
  task_id        text,
  tenant_id      bigint,
  account_id     bigint,
  strategy_code  text,
  event_type     text        not null check (event_type in ('CREATED', 'RISK_CHECK', 'RISK_PASSED',
                   'RISK_REJECTED', 'DISPATCHED', 'EXECUTED', 'FAILED', 'EXPIRED', 'CANCELLED')),
  status         text        not null,
  source_service text        not null check (source_service in ('signal-hub', 'risk-control',
                   'signal-monitor', 'position-monitor', 'execution-dispatcher')),
  detail         jsonb       not null default '{}' check (jsonb_typeof(detail) = 'object'),
  error_code     text,
  error_message  text        check (length(error_message) <= 1000),
  request_id     text,
  created_at     timestamptz not null
);
create index signal_event_of_signal on trading.signal_event (signal_id, id);
create index signal_event_of_tenant on trading.signal_event (tenant_id, id);
create index signal_event_of_type on trading.signal_event (event_type, id);

-- One row for each account whose books are kept; whoever changes them holds it.
create table trading.account_book (
  account_id  bigint  primary key references trading.exchange_account,
  -- grows with each change, so that what was asked of the exchange meanwhile is known for old
  version     bigint  not null default 0,
  -- whether longs and shorts are apart there; null: not asked yet
  hedged      boolean,
  -- in USDT, as of the last sync; null: never
  equity      numeric,
  peak_equity numeric,
  unrealized  numeric,
  -- when it was last compared with its exchange, or was to be
  sync_tried_at timestamptz
);
create index account_book_sync on trading.account_book (sync_tried_at);

create table trading.trade_order (
  order_id          text        primary key check (order_id ~ '^ORD-[0-9A-F]{16}$'),
  -- fixed before anything is sent
  task_id           text        not null check (length(task_id) between 1 and 100),
  client_order_id   text        not null,
  exchange_order_id text,
  tenant_id         bigint      not null,
  user_id           bigint      not null,
  account_id        bigint      not null references trading.exchange_account,
  signal_id         text,
  strategy_code     text,
  exchange          text        not null,
  symbol            text        not null,
  market_type       text        not null check (market_type in ('spot', 'future')),
  side              text        not null check (side in ('BUY', 'SELL')),
  order_type        text        not null check (order_type in ('MARKET', 'LIMIT')),
  trade_type        text        not null check (trade_type in ('OPEN', 'CLOSE', 'ADD', 'REDUCE')),
  origin            text        not null check (origin in ('STRATEGY', 'MANUAL', 'WATCHER')),
  close_reason      text        check (close_reason in ('SL', 'TP', 'SIGNAL', 'MANUAL', 'LIQUIDATION')),
  position_side     text        not null check (position_side in ('LONG', 'SHORT')),
  quantity          numeric not null check (quantity > 0),
  price             numeric check (price > 0),
  reference_price   numeric not null check (reference_price > 0),
  stop_loss         numeric,
  take_profit       numeric,
  status            text        not null check (status in ('PENDING', 'SUBMITTED', 'OPEN', 'PARTIAL', 'FILLED',
                      'CANCELLED', 'REJECTED', 'EXPIRED', 'FAILED')),
  -- as much as the exchange ever showed, and as much as there are fills of here
  shown_quantity    numeric not null default 0,
  filled_quantity   numeric not null default 0,
  filled_value      numeric not null default 0,
  error_code        text,
  error_message     text        check (length(error_message) <= 500),
  -- who works on it
  claim_epoch       bigint      not null default 0,
  claim_holder      text,
  claim_until       timestamptz,
  -- by the exchange's clock: when it was first sent, and until when it may still be taken
  first_sent_at     timestamptz,
  void_after        timestamptz,
  send_before       timestamptz not null,
  -- whether something is to be done about it, and when next
  work_open         boolean     not null,
  next_work_at      timestamptz not null,
  created_at        timestamptz not null,
  submitted_at      timestamptz,
  updated_at        timestamptz not null,
  constraint trade_order_once unique (task_id),
  constraint trade_order_filled check (filled_quantity between 0 and quantity and shown_quantity >= filled_quantity),
  constraint trade_order_sent check ((first_sent_at is null) = (void_after is null))
);
create index trade_order_work on trading.trade_order (next_work_at) where work_open;
create index trade_order_under_way on trading.trade_order (account_id) where work_open;
create index trade_order_in_order on trading.trade_order (created_at, order_id);
create index trade_order_of_tenant on trading.trade_order (tenant_id, created_at, order_id);
create index trade_order_of_account on trading.trade_order (account_id, created_at, order_id);
create index trade_order_of_signal on trading.trade_order (signal_id) where signal_id is not null;

-- Trades of those orders, each once.
create table trading.fill (
  fill_id           text        primary key check (fill_id ~ '^FILL-[0-9A-F]{16}$'),
  exchange_trade_id text        not null,
  order_id          text        not null references trading.trade_order,
  tenant_id         bigint      not null,
  account_id        bigint      not null,
  symbol            text        not null,
  side              text        not null,
  trade_type        text        not null,
  quantity          numeric not null check (quantity > 0),
  price             numeric not null check (price > 0),
  fee               numeric not null,
  fee_currency      text        not null,
  fee_in_quote      numeric not null,
  exchange          text        not null,
  market_type       text        not null,
  -- its order was taken for ended
  late              boolean     not null default false,
  filled_at         timestamptz not null,
  created_at        timestamptz not null,
  -- some exchanges count trades for each pair
  constraint fill_once unique (account_id, symbol, exchange_trade_id)
);
create index fill_in_order on trading.fill (filled_at, fill_id);
create index fill_of_tenant on trading.fill (tenant_id, filled_at, fill_id);
create index fill_of_account on trading.fill (account_id, filled_at, fill_id);
create index fill_of_order on trading.fill (order_id);

-- Positions from flat to flat.
create table trading.position (
  position_id   text        primary key check (position_id ~ '^POS-[0-9A-F]{16}$'),
  tenant_id     bigint      not null,
  user_id       bigint      not null,
  account_id    bigint      not null references trading.exchange_account,
  exchange      text        not null,
  symbol        text        not null,
  market_type   text        not null check (market_type in ('spot', 'future')),
  position_side text        not null check (position_side in ('LONG', 'SHORT')),
  strategy_code text,
  opened_by     text        not null,
  quantity      numeric not null check (quantity >= 0),
  total_cost    numeric not null,
  gross         numeric not null,
  fees          numeric not null,
  funding       numeric not null,
  entry_price   numeric,
  stop_loss     numeric,
  take_profit   numeric,
  closing_task  text,
  closes_ended  integer     not null default 0,
  status        text        not null check (status in ('OPEN', 'CLOSED', 'LIQUIDATED')),
  close_reason  text        check (close_reason in ('SL', 'TP', 'SIGNAL', 'MANUAL', 'LIQUIDATION')),
  opened_at     timestamptz not null,
  closed_at     timestamptz,
  -- when its profit was told to whoever shares profits
  told_at       timestamptz,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  constraint position_ended check ((status = 'OPEN') = (closed_at is null)),
  constraint position_flat check (status = 'OPEN' or quantity = 0)
);
create unique index position_open_once on trading.position (account_id, market_type, symbol, position_side)
  where status = 'OPEN';
create index position_in_order on trading.position (updated_at, position_id);
create index position_of_tenant on trading.position (tenant_id, updated_at, position_id);
create index position_of_account on trading.position (account_id, updated_at, position_id);
create index position_to_tell on trading.position (closed_at) where closed_at is not null and told_at is null;
create index position_closed_of_account on trading.position (account_id, closed_at) where closed_at is not null;

-- What accounts have at their exchanges, as far as it was traded here: the exchange's books, not our money.
create table trading.ledger_account (
  ledger_account_id text        primary key check (ledger_account_id ~ '^ACCT-[0-9A-F]{16}$'),
  tenant_id         bigint      not null,
  account_id        bigint      not null references trading.exchange_account,
  currency          text        not null,
  balance           numeric not null default 0,
  total_fee         numeric not null default 0,
  realized_pnl      numeric not null default 0,
  -- of the last transaction
  last_seq          bigint      not null default 0,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint ledger_account_once unique (account_id, currency)
);
create index ledger_account_of_tenant on trading.ledger_account (tenant_id, updated_at, ledger_account_id);

-- Append only; each names the balance after it.
create table trading.ledger_transaction (
  transaction_id    text        primary key check (transaction_id ~ '^TXN-[0-9A-F]{16}$'),
  ledger_account_id text        not null references trading.ledger_account,
  seq               bigint      not null check (seq > 0),
  tenant_id         bigint      not null,
  account_id        bigint      not null,
  currency          text        not null,
  transaction_type  text        not null check (transaction_type in ('DEPOSIT', 'WITHDRAW', 'TRADE_BUY', 'TRADE_SELL',
                      'FEE', 'REALIZED_PNL', 'FUNDING_FEE', 'FREEZE', 'UNFREEZE', 'ADJUSTMENT', 'TRANSFER_IN',
                      'TRANSFER_OUT', 'INTEREST', 'DIVIDEND', 'REBATE')),
  amount            numeric not null,
  balance_after     numeric not null,
  source_type       text        not null check (source_type in ('FILL', 'ORDER', 'DEPOSIT', 'WITHDRAW', 'ADJUSTMENT',
                      'EXCHANGE_TRADE')),
  source_id         text,
  symbol            text,
  transaction_at    timestamptz not null,
  created_at        timestamptz not null,
  constraint ledger_transaction_chain unique (ledger_account_id, seq),
  -- one for each source and kind
  constraint ledger_transaction_once unique (source_type, source_id, transaction_type)
);
create index ledger_transaction_in_order on trading.ledger_transaction (transaction_at, transaction_id);
create index ledger_transaction_of_tenant on trading.ledger_transaction (tenant_id, transaction_at, transaction_id);
create index ledger_transaction_of_account on trading.ledger_transaction (account_id, transaction_at, transaction_id);

-- What cannot be explained: while it stands, nothing is entered in the pair.
create table trading.difference (
  id           bigint generated always as identity primary key,
  tenant_id    bigint      not null,
  account_id   bigint      not null,
  symbol       text        not null,
  kind         text        not null check (kind in ('position', 'order', 'trade')),
  sentence     text        not null check (length(sentence) <= 1000),
  found_at     timestamptz not null,
  explained_at timestamptz
);
create index difference_open on trading.difference (account_id, symbol) where explained_at is null;
create index difference_of_tenant on trading.difference (tenant_id, id);

-- What was traded stays as it was.
do
$$
begin
  if exists (select from pg_roles where rolname = 'tollgate_app') then
    revoke update, delete, truncate on trading.ledger_transaction, trading.fill, trading.signal_event from tollgate_app;
  end if;
end
$$;
