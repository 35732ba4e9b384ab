package io.tollgate.trading.exchange.paper;

import io.tollgate.ground.GivenText;
import java.math.BigDecimal;

/**
 * What paper trading costs.
 *
 * @param fee of each fill, as a share of its value, from 0 to below 1; a spot buyer pays it in the
 *     base coin, everybody else in the quote coin
 */
public record PaperTerms(BigDecimal fee) {
  /** Binance's usual takers' fees. */
  public static final PaperTerms SPOT = new PaperTerms(new BigDecimal("0.001"));

  /** The same of perpetual contracts. */
  public static final PaperTerms FUTURES = new PaperTerms(new BigDecimal("0.0004"));

  public PaperTerms {
    if (fee.signum() < 0 || fee.compareTo(BigDecimal.ONE) >= 0) {
      throw GivenText.refused("fee", fee.toPlainString(), "a share from 0 to below 1");
    }
  }
}
