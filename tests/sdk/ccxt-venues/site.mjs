// Accounts of the stand-ins, and ccxt with nothing but its hosts replaced.
import { readFileSync } from 'node:fs';

const { exchanges } = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));

function replaceHosts(urls, base) {
  for (const [name, value] of Object.entries(urls)) {
    if (typeof value === 'string') {
      urls[name] = value
        .replace(/^https:\/\/[a-z0-9.{}-]+/, base)
        .replace(/^wss:\/\/[a-z0-9.{}-]+(:\d+)?/, base.replace('http', 'ws'));
    } else if (value) {
      replaceHosts(value, base);
    }
  }
}

export async function trader(Exchange, name, options, secret) {
  const base = exchanges[name];
  const answer = await fetch(`${base}/sandbox/exchange/accounts`, {
    method: 'POST',
    body: JSON.stringify({ count: 1, usdt: 100000 }),
  });
  const [account] = (await answer.json()).accounts;
  const exchange = new Exchange({
    apiKey: account.api_key,
    secret: secret ?? account.api_secret,
    password: 'a phrase',
    options,
  });
  exchange.has.fetchCurrencies = false;
  replaceHosts(exchange.urls.api, base);
  await exchange.loadMarkets();
  return exchange;
}

/** Messages that came over WebSockets until now. */
async function messages(name) {
  const answer = await fetch(`${exchanges[name]}/sandbox/exchange/sockets`);
  return (await answer.json()).messages;
}

/** What is told of an order that is placed once so many messages more have subscribed to it. */
export async function toldOrder(exchange, name, symbol, amount, subscribing, params) {
  // ccxt asks for it before it opens a WebSocket without TLS, proxy or not
  await exchange.loadHttpProxyAgent();
  const before = await messages(name);
  let failure;
  const told = exchange.watchOrders(symbol);
  told.catch((cause) => {
    failure = cause;
  });
  while ((await messages(name)) < before + subscribing) {
    if (failure) {
      throw failure;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const placed = await exchange.createOrder(symbol, 'limit', 'buy', amount, 40000, params);
  const [order] = await told;
  await exchange.close();
  return { placed, order };
}

export function ownId() {
  return `ccxt${Date.now()}${Math.floor(Math.random() * 1e6)}`;
}
