import assert from 'node:assert/strict';
import { test } from 'node:test';
import ccxt from 'ccxt';
import { ownId, toldOrder, trader } from './site.mjs';

const options = (type) => ({
  defaultType: type,
  fetchMarkets: { types: [type] },
  unifiedAccount: false,
});

for (const [type, symbol, amount] of [
  ['spot', 'BTC/USDT', 0.01],
  ['swap', 'BTC/USDT:USDT', 100],
]) {
  test(`${type}: an order that crosses is filled, and seen in trades`, async () => {
    const gate = await trader(ccxt.gate, 'gate', options(type));
    const text = `t-${ownId()}`;
    const placed = await gate.createOrder(symbol, 'limit', 'buy', amount, 51000, {
      text,
      timeInForce: 'IOC',
    });
    const order = await gate.fetchOrder(placed.id, symbol);
    assert.equal(order.status, 'closed');
    assert.equal(order.filled, amount);
    assert.equal(order.average, 50000);
    assert.equal(order.clientOrderId, text);
    const trades = await gate.fetchMyTrades(symbol);
    assert.equal(trades.length, 1);
    assert.equal(trades[0].price, 50000);
    assert.ok(trades[0].fee.cost > 0);
  });

  test(`${type}: a limit order rests, is found by its own id and cancelled`, async () => {
    const gate = await trader(ccxt.gate, 'gate', options(type));
    const text = `t-${ownId()}`;
    const placed = await gate.createOrder(symbol, 'limit', 'buy', amount, 40000, { text });
    assert.equal((await gate.fetchOrder(text, symbol)).status, 'open');
    await gate.cancelOrder(placed.id, symbol);
    assert.equal((await gate.fetchOrder(placed.id, symbol)).status, 'canceled');
    await assert.rejects(gate.fetchOrder(text, symbol), ccxt.OrderNotFound);
  });
}

for (const [type, symbol, amount] of [
  ['spot', 'BTC/USDT', 0.01],
  ['swap', 'BTC/USDT:USDT', 100],
]) {
  test(`${type}: an order is told over the private WebSocket`, async () => {
    const gate = await trader(ccxt.pro.gate, 'gate', options(type));
    gate.uid = `${(await gate.privateFuturesGetSettleAccounts({ settle: 'usdt' })).user}`;
    const text = `t-${ownId()}`;
    const { placed, order } = await toldOrder(gate, 'gate', symbol, amount, 1, { text });
    assert.equal(order.id, placed.id);
    assert.equal(order.clientOrderId, text);
    assert.equal(order.status, 'open');
    assert.equal(order.amount, amount);
  });
}

test('swap: positions, balance, funding and leverage', async () => {
  const gate = await trader(ccxt.gate, 'gate', options('swap'));
  const symbol = 'BTC/USDT:USDT';
  await gate.createOrder(symbol, 'market', 'sell', 200);
  const [position] = await gate.fetchPositions([symbol]);
  assert.equal(position.side, 'short');
  assert.equal(position.contracts, 200);
  assert.equal((await gate.fetchBalance()).USDT.total, 99999.5);
  assert.equal((await gate.fetchFundingRate(symbol)).fundingRate, 0.0001);
  await gate.setLeverage(7, symbol);
});

test('prices, candles, and a signature that is wrong', async () => {
  const gate = await trader(ccxt.gate, 'gate', options('spot'), 'another');
  assert.equal((await gate.fetchTicker('BTC/USDT')).last, 50000);
  assert.equal((await gate.fetchOHLCV('BTC/USDT', '1m', undefined, 3)).length, 3);
  await assert.rejects(gate.fetchBalance(), ccxt.AuthenticationError);
});
