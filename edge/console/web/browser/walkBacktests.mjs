// A backtest from candles to its report, and a search whose best parameters go back into the form.
import assert from 'node:assert/strict'
import { settled } from './browser.mjs'
import { adminOf, base, inConsole, walk } from './walker.mjs'

const PAGE = 'trading/backtests'

export async function walkBacktests() {
  await walk('a backtest is one click, shows what did nothing, survives a reload, and is taken away', async () => {
    const owner = await inConsole()
    const reader = await adminOf(owner.context, 'read-only')
    const { context, page, click, clicks } = await inConsole(`${PAGE}?candles=sample&p.fast=3`, reader)
    await click(page.getByRole('button', { name: 'Run the backtest' }))
    await page.getByRole('heading', { name: 'Moving-average cross on BTC/USDT, 15m' }).waitFor()
    assert.equal(clicks(), 1)
    await page.getByText('fast is no parameter of the strategy and did nothing; fast_ma is.').waitFor()
    await page.getByRole('img', { name: /^Trades on the price/ }).waitFor()
    const trades = page.getByRole('region', { name: 'All trades' })
    await trades.getByRole('row').nth(1).waitFor()
    await page.reload()
    await settled(page)
    await trades.getByRole('row').nth(1).waitFor()

    const report = await context.request.get(`${base}${await page.getByRole('link', { name: 'Report (HTML)' }).getAttribute('href')}`)
    assert.match(await report.text(), /<svg/)
    const lines = async (address) => (await (await context.request.get(`${base}${address}`)).text()).trim().split('\n').length
    const csv = trades.getByRole('link', { name: 'Export as CSV' })
    const all = await lines(await csv.getAttribute('href'))
    await page.goto(`${page.url()}&outcome=won`)
    await page.getByText('Outcome: Won').waitFor()
    const won = await lines(await csv.getAttribute('href'))
    assert.ok(won > 1 && won < all, `${won} of ${all}`)
    await reader.end()
    await context.close()
    await owner.context.close()
  })

  await walk('what is wrong with candles is said at their field', async () => {
    const { context, page } = await inConsole(PAGE)
    assert.ok(await page.getByRole('button', { name: 'Run the backtest' }).isDisabled())
    const text = 'time,open,high,low,close,volume\n1767225600,1,2,1,1,1\n'
    await page.getByLabel('CSV, JSON or Parquet').setInputFiles({ name: 'few.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Run the backtest' }).click()
    await page.getByRole('alert').getByText('candles: 1 (expected: at least 51').waitFor()
    assert.equal(await page.getByLabel('CSV, JSON or Parquet').getAttribute('aria-invalid'), 'true')
    await context.close()
  })

  await walk('a search is ranked and mapped, and its best parameters are put into the form by one click', async () => {
    const { context, page } = await inConsole(`${PAGE}?candles=sample&mode=grid&v.fast_ma=4..8/4&v.slow_ma=20,30&s.train_bars=800&s.test_bars=400`)
    await page.getByText('4 combinations', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Search', exact: true }).last().click()
    await page.getByText('4 combinations were run', { exact: false }).waitFor()
    const ranking = page.getByRole('region', { name: 'Ranking' }).last()
    const best = await ranking.getByRole('row').nth(1).getByRole('cell').allInnerTexts()
    await page.getByRole('region', { name: 'Best score where two parameters meet' }).waitFor()
    await page.getByRole('region', { name: 'Fold by fold' }).last().getByRole('row').nth(2).waitFor()
    await ranking.getByRole('button', { name: 'Use' }).first().click()
    assert.ok(await page.getByRole('radio', { name: 'Run' }).isChecked())
    assert.equal(await page.getByLabel('Fast average, bars').inputValue(), best[1])
    assert.equal(await page.getByLabel('Slow average, bars').inputValue(), best[2])
    await context.close()
  })
}
