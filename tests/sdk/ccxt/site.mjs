// An account of the simulator, and ccxt with nothing but its hosts replaced.
import { readFileSync } from 'node:fs';

const demo = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));
export const base = demo.exchange.base_url;

export async function steer(what, body) {
  const answer = await fetch(`${base}/sandbox/exchange/${what}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

function replaceHosts(urls) {
  for (const [name, value] of Object.entries(urls)) {
    if (typeof value === 'string') {
      urls[name] = value.replace(/^https:\/\/[a-z0-9-]+\.binance\.com/, base);
    } else {
      replaceHosts(value);
    }
  }
}

export async function trader(Exchange) {
  const { accounts } = await steer('accounts', { count: 1, usdt: 100000 });
  const exchange = new Exchange({ apiKey: accounts[0].api_key, secret: accounts[0].api_secret });
  replaceHosts(exchange.urls.api);
  await exchange.loadMarkets();
  return exchange;
}
