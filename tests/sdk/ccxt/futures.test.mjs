import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import ccxt from 'ccxt';
import { steer, trader } from './site.mjs';

const symbol = 'BTC/USDT:USDT';
let exchange;

before(async () => {
  await steer('price', { symbol: 'BTCUSDT', price: 50000 });
  exchange = await trader(ccxt.binanceusdm);
});

test('loads markets with their precision and limits', () => {
  assert.equal(Object.keys(exchange.markets).length, 5);
  const market = exchange.market(symbol);
  assert.equal(market.precision.price, 0.1);
  assert.equal(market.precision.amount, 0.001);
  assert.equal(market.limits.cost.min, 50);
  assert.equal(market.swap && market.linear && market.active, true);
});

test('reads the stated first candle', async () => {
  const [candle] = await exchange.fetchOHLCV(symbol, '1h', 1767225600000, 1);
  assert.deepEqual(candle.slice(0, 5), [1767225600000, 50000, 50178.2, 49943, 50169.9]);
});

test('reads tickers, the book and funding rates', async () => {
  assert.equal((await exchange.fetchTicker(symbol)).last, 50000);
  const book = await exchange.fetchOrderBook(symbol, 5);
  assert.equal(book.bids[0][0], 50000);
  assert.equal(book.asks[0][0], 50000.1);
  assert.equal((await exchange.fetchFundingRate(symbol)).fundingRate, 0.0001);
  assert.equal((await exchange.fetchFundingRateHistory(symbol, undefined, 3)).length, 3);
});

test('sets leverage and margin mode', async () => {
  await exchange.setLeverage(10, symbol);
  await exchange.setMarginMode('isolated', symbol);
  assert.equal((await exchange.fetchPositionMode(symbol)).hedged, false);
});

test('places, asks for, lists and cancels a limit order by its own id', async () => {
  const order = await exchange.createOrder(symbol, 'limit', 'buy', 0.01, 45000, {
    clientOrderId: 'own-1',
  });
  assert.equal(order.status, 'open');
  assert.equal(order.clientOrderId, 'own-1');
  const asked = await exchange.fetchOrder(undefined, symbol, { clientOrderId: 'own-1' });
  assert.equal(asked.id, order.id);
  assert.deepEqual(
    (await exchange.fetchOpenOrders(symbol)).map((open) => open.id),
    [order.id],
  );
  assert.equal((await exchange.cancelOrder(order.id, symbol)).status, 'canceled');
  await assert.rejects(exchange.cancelOrder(order.id, symbol), ccxt.OrderNotFound);
});

test('opens a position, pays funding and closes it', async () => {
  const opened = await exchange.createOrder(symbol, 'market', 'buy', 0.1);
  assert.equal(opened.status, 'closed');
  assert.equal(opened.average, 50000.1);
  const [position] = await exchange.fetchPositions([symbol]);
  assert.equal(position.contracts, 0.1);
  assert.equal(position.side, 'long');
  assert.equal(position.marginMode, 'isolated');
  await steer('funding', { symbol: 'BTCUSDT', rate: 0.0001 });
  const [funding] = await exchange.fetchFundingHistory(symbol);
  assert.equal(funding.amount, -0.5);
  await exchange.createOrder(symbol, 'market', 'sell', 0.1, undefined, { reduceOnly: true });
  assert.equal((await exchange.fetchPositions([symbol])).length, 0);
  const trades = await exchange.fetchMyTrades(symbol);
  assert.equal(trades.length, 2);
  assert.deepEqual(trades[0].fee, { cost: 2.000004, currency: 'USDT' });
  const { USDT } = await exchange.fetchBalance();
  // spread, two fees, funding
  assert.equal(USDT.total, 100000 - 0.01 - 2.000004 - 2 - 0.5);
});

test('waits with stops until their price comes', async () => {
  await exchange.createOrder(symbol, 'market', 'buy', 0.1);
  const stop = await exchange.createOrder(symbol, 'STOP_MARKET', 'sell', 0.1, undefined, {
    stopPrice: 49000,
    reduceOnly: true,
  });
  const listed = await exchange.fetchOpenOrders(symbol, undefined, undefined, { trigger: true });
  assert.deepEqual(
    listed.map((open) => open.id),
    [stop.id],
  );
  await exchange.cancelOrder(stop.id, symbol, { trigger: true });
  await exchange.createOrder(symbol, 'STOP_MARKET', 'sell', 0.1, undefined, {
    stopPrice: 49000,
    reduceOnly: true,
  });
  await steer('price', { symbol: 'BTCUSDT', price: 48990 });
  assert.equal((await exchange.fetchPositions([symbol])).length, 0);
  await steer('price', { symbol: 'BTCUSDT', price: 50000 });
});

test('understands refusals', async () => {
  // by its class only at the real host's name, which is replaced here
  await assert.rejects(exchange.createOrder(symbol, 'market', 'buy', 100), /-2019/);
  await assert.rejects(exchange.fetchOrder('1', symbol), ccxt.OrderNotFound);
  exchange.secret = `${exchange.secret}x`;
  await assert.rejects(exchange.fetchBalance(), ccxt.AuthenticationError);
  exchange.secret = exchange.secret.slice(0, -1);
});

test('reads leverage tiers, fees and the ledger', async () => {
  const tiers = await exchange.fetchLeverageTiers([symbol]);
  assert.equal(tiers[symbol][0].maintenanceMarginRate, 0.004);
  assert.equal((await exchange.fetchTradingFee(symbol)).taker, 0.0004);
  assert.ok((await exchange.fetchLedger('USDT')).length >= 5);
});
