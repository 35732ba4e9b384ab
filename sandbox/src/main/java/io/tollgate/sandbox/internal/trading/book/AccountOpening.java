package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.market.Instruments;
import java.math.BigDecimal;
import java.util.OptionalLong;

/** What an account has when it is opened. */
public final class AccountOpening {
  private AccountOpening() {}

  /** So much USDT on each of the two markets. */
  public static void deposit(Venue venue, BigDecimal usdt, Changes changes) {
    changes.account().spot().add(Instruments.QUOTE, usdt);
    new FuturesBooks(venue).income(Income.Type.TRANSFER, "", usdt, OptionalLong.empty(), changes);
    changes.wallets();
  }
}
