import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import ccxt from 'ccxt';
import { steer, trader } from './site.mjs';

// another symbol than that of the futures' tests, which run beside these
const symbol = 'ETH/USDT';
let exchange;

before(async () => {
  await steer('price', { symbol: 'ETHUSDT', price: 2500 });
  exchange = await trader(ccxt.binance);
});

test('loads markets of all kinds, and currencies', async () => {
  const market = exchange.market(symbol);
  assert.equal(market.spot, true);
  assert.equal(market.precision.price, 0.01);
  assert.equal(market.precision.amount, 0.0001);
  assert.equal(exchange.market('BTC/USDT:USDT').swap, true);
  assert.ok(exchange.currencies.DOGE);
  assert.equal((await exchange.fetchStatus()).status, 'ok');
});

test('reads tickers, candles, trades and the book', async () => {
  assert.equal((await exchange.fetchTicker(symbol)).bid, 2500);
  assert.equal(Object.keys(await exchange.fetchTickers()).length, 5);
  assert.equal((await exchange.fetchOHLCV(symbol, '1m', undefined, 5)).length, 5);
  assert.equal((await exchange.fetchTrades(symbol, undefined, 3)).length, 3);
  assert.equal((await exchange.fetchOrderBook(symbol)).asks[0][0], 2500.01);
});

test('buys at the market and pays its fee in the coin', async () => {
  const order = await exchange.createOrder(symbol, 'market', 'buy', 1);
  assert.equal(order.status, 'closed');
  assert.equal(order.cost, 2500.01);
  assert.deepEqual(order.fees, [{ cost: 0.001, currency: 'ETH' }]);
  const balance = await exchange.fetchBalance();
  assert.equal(balance.ETH.free, 0.999);
  assert.equal(balance.USDT.free, 97499.99);
});

test('spends what it was told to', async () => {
  const order = await exchange.createMarketBuyOrderWithCost(symbol, 100);
  assert.ok(order.cost <= 100 && order.cost > 97);
});

test('places, asks for, lists and cancels a limit order', async () => {
  const order = await exchange.createOrder(symbol, 'limit', 'sell', 0.5, 3000);
  assert.equal((await exchange.fetchBalance()).ETH.used, 0.5);
  assert.equal((await exchange.fetchOrder(order.id, symbol)).status, 'open');
  assert.equal((await exchange.fetchOpenOrders(symbol)).length, 1);
  assert.equal((await exchange.cancelOrder(order.id, symbol)).status, 'canceled');
  assert.equal((await exchange.fetchBalance()).ETH.used, 0);
});

test('a resting order is filled when the price comes', async () => {
  const order = await exchange.createOrder(symbol, 'limit', 'sell', 0.5, 2600);
  await steer('price', { symbol: 'ETHUSDT', price: 2600 });
  const filled = await exchange.fetchOrder(order.id, symbol);
  assert.equal(filled.status, 'closed');
  assert.equal(filled.average, 2600);
  const trades = await exchange.fetchMyTrades(symbol);
  assert.equal(trades.at(-1).takerOrMaker, 'maker');
});

test('lists all orders and understands refusals', async () => {
  assert.deepEqual(
    (await exchange.fetchOrders(symbol)).map((order) => order.status),
    ['closed', 'closed', 'canceled', 'closed'],
  );
  await assert.rejects(
    exchange.createOrder(symbol, 'market', 'buy', 1000),
    ccxt.InsufficientFunds,
  );
  await assert.rejects(exchange.createOrder(symbol, 'limit', 'buy', 0.001, 2500), ccxt.BadRequest);
});
