-- The newest signals, and what was closed at its stop or target, without reading the rest.
create index signal_in_order on trading.signal (created_at, signal_id);
create index trade_order_of_watcher on trading.trade_order (status) where origin = 'WATCHER';
