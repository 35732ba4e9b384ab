package io.tollgate.app;

import io.tollgate.data.DataModule;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.User;
import io.tollgate.sandbox.ExchangeKeys;
import io.tollgate.trading.engine.AccountType;
import io.tollgate.trading.engine.Credentials;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.ExchangeAccount;
import io.tollgate.trading.engine.ExchangeAccounts;
import io.tollgate.trading.exchange.Exchange;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Accounts at the exchange simulator, bound to members of the demo, and the strategies that they
 * follow. Made once; what they traded stays traded, and an account that its member has unbound
 * comes back with the next start.
 */
final class DemoExchange {
  private static final BigDecimal USDT = BigDecimal.valueOf(10_000);
  private static final int KEY_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Transactions transactions;
  private final IdentityModule identity;
  private final ExchangeAccounts accounts;
  private final Optional<SandboxModule> sandbox;
  private final DemoStrategies strategies;
  private final DemoSecrets secrets;

  DemoExchange(ModuleSite site, DemoSecrets secrets) {
    this.transactions = site.module(DataModule.class).transactions();
    this.identity = site.module(IdentityModule.class);
    this.accounts = site.module(EngineModule.class).accounts();
    this.sandbox = site.ifOpen(SandboxModule.class);
    this.strategies = new DemoStrategies(site);
    this.secrets = secrets;
  }

  /**
   * Makes what is missing: accounts, where a simulator runs in this process, and strategies.
   *
   * @param following whether these accounts follow them, so that they trade by themselves
   */
  List<Made> ensure(TenantId tenant, List<String> emails, boolean following) {
    List<Made> made = new ArrayList<>();
    sandbox.ifPresent(
        exchange -> {
          for (String email : emails) {
            ExchangeKeys keys =
                new ExchangeKeys(kept("exchange_key." + email), kept("exchange_secret." + email));
            exchange.openExchangeAccount(keys, USDT);
            made.add(transactions.write(tx -> bind(tx, tenant, email, keys)));
          }
        });
    // at once: a strategy that nobody follows yet would make signals for nobody
    boolean _ =
        transactions.write(
            transaction -> {
              strategies.offer(transaction, tenant);
              if (following) {
                made.forEach(
                    each -> strategies.follow(transaction, tenant, each.user(), each.accountId()));
              }
              return true;
            });
    return made;
  }

  private Made bind(Transaction transaction, TenantId tenant, String email, ExchangeKeys keys) {
    User user =
        identity
            .users()
            .findByEmail(transaction, tenant, email)
            .orElseThrow(() -> new StartException("the demo has no member " + email));
    ExchangeAccount account =
        accounts.bind(
            transaction,
            new ExchangeAccounts.NewAccount(
                tenant,
                user.id(),
                Exchange.BINANCE,
                AccountType.FUTURES,
                true,
                new Credentials(keys.apiKey(), keys.apiSecret(), Optional.empty())));
    return new Made(account.id(), user.id(), user.externalId(), keys);
  }

  private String kept(String name) {
    return secrets
        .find(name)
        .orElseGet(
            () -> {
              byte[] bytes = new byte[KEY_BYTES];
              RANDOM.nextBytes(bytes);
              String secret = HexFormat.of().formatHex(bytes);
              secrets.keep(name, secret);
              return secret;
            });
  }

  /** An account as demo.json shows it. */
  record Made(long accountId, UserId user, String userId, ExchangeKeys keys) {}
}
