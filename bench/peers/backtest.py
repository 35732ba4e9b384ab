"""A moving-average cross (5 and 20 bars) by others, over the bars of a file: big-endian doubles, six a bar.

Prints a line `RATE <who> <bars> <cpu seconds> <seconds> <trades>` for what it measured.
"""

import sys
import time

import numpy as np


def rate(who, bars, work, rounds=3):
    trades = work()
    cpu, wall = [], []
    for _ in range(rounds):
        began, cpu_began = time.perf_counter(), time.process_time()
        trades = work()
        cpu.append(time.process_time() - cpu_began)
        wall.append(time.perf_counter() - began)
    print("RATE", who, bars, sorted(cpu)[rounds // 2], sorted(wall)[rounds // 2], trades, sep="\t")


def mean(prices, length):
    total = np.cumsum(prices)
    total[length:] = total[length:] - total[:-length]
    total[: length - 1] = np.nan
    return total / length


def by_numpy(bars):
    """Positions by the sign of the difference, fills at the next open, fees, equity: whole arrays at once."""
    opens, closes = bars[:, 1].copy(), bars[:, 4].copy()

    def work():
        with np.errstate(invalid="ignore"):
            above = mean(closes, 5) > mean(closes, 20)
        held = np.zeros(len(closes))
        held[1:] = above[:-1]
        turns = np.diff(held, prepend=0.0)
        fees = np.abs(turns) * opens * 0.001
        gains = held * (np.append(opens[1:], closes[-1]) - opens)
        equity = 10_000 + np.cumsum(gains - fees)
        np.max(np.maximum.accumulate(equity) - equity)
        return int((turns > 0).sum())

    rate("NumPy, whole arrays, no stops", len(bars), work)


def by_backtrader(bars):
    import backtrader
    import pandas

    bars = bars[:100_000]
    frame = pandas.DataFrame(
        bars[:, 1:], columns=["open", "high", "low", "close", "volume"], index=pandas.to_datetime(bars[:, 0], unit="ms")
    )

    class Cross(backtrader.Strategy):
        def __init__(self):
            fast = backtrader.indicators.SimpleMovingAverage(self.data.close, period=5)
            slow = backtrader.indicators.SimpleMovingAverage(self.data.close, period=20)
            self.cross = backtrader.indicators.CrossOver(fast, slow)
            self.closed = 0

        def next(self):
            if not self.position:
                if self.cross[0] > 0:
                    self.buy()
            elif self.cross[0] < 0:
                self.close()

        def notify_trade(self, trade):
            self.closed += trade.isclosed

    def work():
        cerebro = backtrader.Cerebro(stdstats=False)
        cerebro.broker.setcash(1_000_000)
        cerebro.broker.setcommission(commission=0.001)
        cerebro.adddata(backtrader.feeds.PandasData(dataname=frame))
        cerebro.addstrategy(Cross)
        return cerebro.run()[0].closed

    rate("backtrader, no stops", len(bars), work, rounds=1)


def by_nautilus(bars):
    from decimal import Decimal

    import pandas
    from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
    from nautilus_trader.config import LoggingConfig, StrategyConfig
    from nautilus_trader.indicators import SimpleMovingAverage
    from nautilus_trader.model.currencies import USDT
    from nautilus_trader.model.data import BarType
    from nautilus_trader.model.enums import AccountType, OmsType, OrderSide
    from nautilus_trader.model.identifiers import Venue
    from nautilus_trader.model.objects import Money
    from nautilus_trader.persistence.wranglers import BarDataWrangler
    from nautilus_trader.test_kit.providers import TestInstrumentProvider
    from nautilus_trader.trading.strategy import Strategy

    bars = bars[:200_000]
    instrument = TestInstrumentProvider.btcusdt_binance()
    bar_type = BarType.from_str(f"{instrument.id}-1-MINUTE-LAST-EXTERNAL")
    frame = pandas.DataFrame(
        bars[:, 1:],
        columns=["open", "high", "low", "close", "volume"],
        index=pandas.to_datetime(bars[:, 0], unit="ms", utc=True),
    )
    made = BarDataWrangler(bar_type, instrument).process(frame)

    class Cross(Strategy):
        def __init__(self):
            super().__init__(StrategyConfig(strategy_id="CROSS-1"))
            self.fast, self.slow = SimpleMovingAverage(5), SimpleMovingAverage(20)
            self.closed = 0

        def on_start(self):
            self.register_indicator_for_bars(bar_type, self.fast)
            self.register_indicator_for_bars(bar_type, self.slow)
            self.subscribe_bars(bar_type)
            self.above = None

        def on_bar(self, bar):
            if not self.slow.initialized:
                return
            above = self.fast.value > self.slow.value
            if above != self.above:
                if above and self.portfolio.is_flat(instrument.id):
                    self.submit_order(
                        self.order_factory.market(instrument.id, OrderSide.BUY, instrument.make_qty(Decimal("0.01")))
                    )
                elif not above and not self.portfolio.is_flat(instrument.id):
                    self.close_all_positions(instrument.id)
                    self.closed += 1
            self.above = above

    # adding bars and making the engine are not what is measured
    began = cpu_began = 0.0
    engine = BacktestEngine(BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True)))
    engine.add_venue(
        Venue("BINANCE"),
        oms_type=OmsType.NETTING,
        account_type=AccountType.CASH,
        base_currency=None,
        starting_balances=[Money(10_000_000, USDT)],
    )
    engine.add_instrument(instrument)
    engine.add_data(made)
    strategy = Cross()
    engine.add_strategy(strategy)
    began, cpu_began = time.perf_counter(), time.process_time()
    engine.run()
    cpu, wall = time.process_time() - cpu_began, time.perf_counter() - began
    print("RATE", "NautilusTrader, no stops", len(bars), cpu, wall, strategy.closed, sep="\t")


if __name__ == "__main__":
    read = np.fromfile(sys.argv[2], dtype=">f8").astype("f8").reshape(-1, 6)
    {"numpy": by_numpy, "backtrader": by_backtrader, "nautilus": by_nautilus}[sys.argv[1]](read)
