-- Closed candles of markets, many in one row: a hundred million of them are a hundred thousand rows.

create table trading.candle_series (
  id          bigint generated always as identity primary key,
  exchange    text        not null check (exchange in ('binance', 'okx', 'gate', 'paper')),
  market_type text        not null check (market_type in ('spot', 'future')),
  symbol      text        not null check (length(symbol) between 3 and 41),
  timeframe   text        not null
    check (timeframe in ('1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '12h', '1d')),
  candles     bigint      not null default 0 check (candles >= 0),
  -- when the first and the last of them opened; null without one
  first_open  timestamptz,
  last_open   timestamptz,
  -- who may add to it, and until when nobody else may
  writer      uuid,
  writer_until timestamptz,
  constraint candle_series_once unique (exchange, market_type, symbol, timeframe),
  check ((candles = 0) = (first_open is null)),
  check ((first_open is null) = (last_open is null)),
  check (first_open <= last_open),
  check ((writer is null) = (writer_until is null))
);

-- The candles of a span of 1024 lengths of their timeframe, which begins at a whole multiple of it since 1970.
create table trading.candle_block (
  series_id bigint      not null references trading.candle_series,
  opened_at timestamptz not null,
  candles   integer     not null check (candles between 1 and 1024),
  -- of each in order: its place in the span (2 bytes), then open, high, low, close, volume as doubles (big endian)
  packed    bytea       not null check (octet_length(packed) = 42 * candles),
  primary key (series_id, opened_at)
);
-- doubles do not shrink, and trying to takes longer than all the rest
alter table trading.candle_block alter column packed set storage external;
