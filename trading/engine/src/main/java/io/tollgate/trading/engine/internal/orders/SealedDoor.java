package io.tollgate.trading.engine.internal.orders;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.trading.engine.Credentials;
import io.tollgate.trading.engine.ExchangeAccounts;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.exchange.TradingKey;

/** Opens what an account's credentials are sealed in, for as long as it is used. */
final class SealedDoor implements AccountDoor {
  private final Transactions transactions;
  private final ExchangeAccounts accounts;
  private final Exchanges live;
  private final Exchanges sandbox;

  /**
   * @param live real exchanges
   * @param sandbox where accounts of the sandbox are
   */
  SealedDoor(
      Transactions transactions, ExchangeAccounts accounts, Exchanges live, Exchanges sandbox) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.live = requireNonNull(live, "live is null");
    this.sandbox = requireNonNull(sandbox, "sandbox is null");
  }

  @Override
  public TradingAccount open(BookedAccount account) {
    Credentials sealed =
        transactions.read(
            transaction -> accounts.credentials(transaction, account.tenant(), account.id()));
    TradingKey key =
        TradingKey.of(
            sealed.apiKey().toCharArray(),
            sealed.apiSecret().toCharArray(),
            sealed.passphrase().map(String::toCharArray));
    return exchanges(account)
        .account(account.exchange(), account.market(), "account " + account.id(), key);
  }

  @Override
  public MarketData market(BookedAccount account) {
    return exchanges(account).market(account.exchange(), account.market());
  }

  private Exchanges exchanges(BookedAccount account) {
    return account.sandbox() ? sandbox : live;
  }
}
