// Accounts of the stand-ins, and ccxt with nothing but its hosts replaced.
import { readFileSync } from 'node:fs';

const { exchanges } = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));

function replaceHosts(urls, base) {
  for (const [name, value] of Object.entries(urls)) {
    if (typeof value === 'string') {
      urls[name] = value.replace(/^https:\/\/[a-z0-9.{}-]+/, base);
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

export function ownId() {
  return `ccxt${Date.now()}${Math.floor(Math.random() * 1e6)}`;
}
