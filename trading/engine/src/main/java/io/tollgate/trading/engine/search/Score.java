package io.tollgate.trading.engine.search;

import io.tollgate.trading.engine.backtest.BacktestResult;
import java.math.BigDecimal;

/** By which figure runs are compared; more is better. */
public enum Score {
  /** Profit in percent of the initial balance. */
  PNL {
    @Override
    BigDecimal of(BacktestResult result) {
      return result.all().pnlPercentOf(result.outcome().initialBalance());
    }
  },
  SHARPE {
    @Override
    BigDecimal of(BacktestResult result) {
      return result.risk().sharpeRatio();
    }
  },
  CALMAR {
    @Override
    BigDecimal of(BacktestResult result) {
      return result.risk().calmarRatio();
    }
  },
  WIN_RATE {
    @Override
    BigDecimal of(BacktestResult result) {
      return result.all().winRate();
    }
  },
  /** Sharpe and Calmar ratio, and profit and winners as shares of one, added up. */
  COMPOSITE {
    @Override
    BigDecimal of(BacktestResult result) {
      return SHARPE
          .of(result)
          .add(CALMAR.of(result))
          .add(PNL.of(result).add(WIN_RATE.of(result)).movePointLeft(2));
    }
  };

  abstract BigDecimal of(BacktestResult result);
}
