import assert from 'node:assert/strict';
import { test } from 'node:test';
import ccxt from 'ccxt';
import { ownId, toldOrder, trader } from './site.mjs';

const options = (defaultType) => ({
  defaultType,
  fetchMarkets: { types: ['spot', 'swap'] },
  createOrder: 'privatePostTradeOrder',
});

for (const [type, symbol, amount, extra] of [
  ['spot', 'BTC/USDT', 0.01, { tgtCcy: 'base_ccy' }],
  ['swap', 'BTC/USDT:USDT', 1, { tdMode: 'isolated' }],
]) {
  test(`${type}: a market order is placed, found by its own id and seen in trades`, async () => {
    const okx = await trader(ccxt.okx, 'okx', options(type));
    const clOrdId = ownId();
    const placed = await okx.createOrder(symbol, 'market', 'buy', amount, undefined, {
      ...extra,
      clOrdId,
    });
    const order = await okx.fetchOrder(placed.id, symbol);
    assert.equal(order.status, 'closed');
    assert.equal(order.filled, amount);
    assert.equal(order.average, 50000);
    assert.equal(order.clientOrderId, clOrdId);
    const trades = await okx.fetchMyTrades(symbol);
    assert.equal(trades.length, 1);
    assert.equal(trades[0].price, 50000);
    assert.ok(trades[0].fee.cost > 0);
  });

  test(`${type}: a limit order rests, is listed and cancelled`, async () => {
    const okx = await trader(ccxt.okx, 'okx', options(type));
    const { tdMode } = extra;
    const placed = await okx.createOrder(symbol, 'limit', 'buy', amount, 40000, {
      ...(tdMode ? { tdMode } : {}),
      clOrdId: ownId(),
    });
    assert.equal((await okx.fetchOpenOrders(symbol)).length, 1);
    await okx.cancelOrder(placed.id, symbol);
    assert.equal((await okx.fetchOpenOrders(symbol)).length, 0);
    assert.equal((await okx.fetchOrder(placed.id, symbol)).status, 'canceled');
  });
}

for (const [type, symbol, amount, params] of [
  ['spot', 'BTC/USDT', 0.01, {}],
  ['swap', 'BTC/USDT:USDT', 1, { tdMode: 'isolated' }],
]) {
  test(`${type}: an order is told over the private WebSocket`, async () => {
    const okx = await trader(ccxt.pro.okx, 'okx', options(type));
    const clOrdId = ownId();
    const { placed, order } = await toldOrder(okx, 'okx', symbol, amount, 2, {
      ...params,
      clOrdId,
    });
    assert.equal(order.id, placed.id);
    assert.equal(order.clientOrderId, clOrdId);
    assert.equal(order.status, 'open');
    assert.equal(order.amount, amount);
  });
}

test('swap: positions, balance, funding and leverage', async () => {
  const okx = await trader(ccxt.okx, 'okx', options('swap'));
  const symbol = 'BTC/USDT:USDT';
  await okx.createOrder(symbol, 'market', 'sell', 2, undefined, { tdMode: 'isolated' });
  const [position] = await okx.fetchPositions([symbol]);
  assert.equal(position.side, 'short');
  assert.equal(position.contracts, 2);
  assert.equal(position.entryPrice, 50000);
  assert.equal((await okx.fetchBalance()).USDT.total, 99999.5);
  assert.equal((await okx.fetchFundingRate(symbol)).fundingRate, 0.0001);
  await okx.setLeverage(7, symbol, { mgnMode: 'isolated' });
});

test('prices, candles, and a signature that is wrong', async () => {
  const okx = await trader(ccxt.okx, 'okx', options('spot'), 'another');
  assert.equal((await okx.fetchTicker('BTC/USDT')).last, 50000);
  assert.equal((await okx.fetchOHLCV('BTC/USDT', '1m', undefined, 3)).length, 3);
  await assert.rejects(okx.fetchBalance(), ccxt.AuthenticationError);
});
