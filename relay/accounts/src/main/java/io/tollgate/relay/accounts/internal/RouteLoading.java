package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.PROVIDER;
import static io.tollgate.schema.relay.Tables.PROVIDER_ACCOUNT;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.accounts.AccountSettings;
import io.tollgate.relay.accounts.BaseUrl;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.RoutingStrategy;
import io.tollgate.relay.accounts.internal.AccountReading.SealedKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the routing what may serve, and what is known of its health. Blocking. */
final class RouteLoading {
  private static final Logger log = LoggerFactory.getLogger(RouteLoading.class);

  /** More accounts than one process routes over; the rest is left out with a warning. */
  private static final int MAX_ACCOUNTS = 10_000;

  private final Transactions transactions;
  private final AccountReading reading;
  private final AccountRouter router;
  private final CostFactors factors;

  RouteLoading(
      Transactions transactions,
      AccountSecrets secrets,
      AccountRouter router,
      CostFactors factors) {
    this.transactions = transactions;
    this.reading = new AccountReading(secrets);
    this.router = router;
    this.factors = factors;
  }

  private record Loaded(
      List<List<ProviderAccount>> accounts,
      Map<TenantId, RoutingStrategy> strategies,
      List<LearnedHealth> health,
      Map<Long, BigDecimal> factors) {}

  /** Everything. */
  synchronized void all() {
    Loaded loaded =
        transactions.read(
            transaction ->
                new Loaded(
                    accounts(transaction),
                    StoredRoutings.all(transaction),
                    HealthTable.read(transaction, Optional.empty()),
                    CostFactors.read(transaction)));
    factors.replace(loaded.factors);
    router.replace(loaded.accounts, loaded.strategies, loaded.health);
  }

  /** What is known of the health of some accounts. */
  void health(Collection<Long> accounts) {
    router.learn(
        transactions.read(transaction -> HealthTable.read(transaction, Optional.of(accounts))));
  }

  private List<List<ProviderAccount>> accounts(Transaction transaction) {
    List<? extends Record> rows =
        transaction
            .sql()
            .select(PROVIDER_ACCOUNT.asterisk(), PROVIDER.asterisk())
            .from(PROVIDER_ACCOUNT)
            .join(PROVIDER)
            .on(PROVIDER.ID.eq(PROVIDER_ACCOUNT.PROVIDER_ID))
            .where(PROVIDER_ACCOUNT.ENABLED)
            .and(PROVIDER.ENABLED)
            .and(PROVIDER_ACCOUNT.ARCHIVED_AT.isNull())
            .orderBy(PROVIDER_ACCOUNT.ID)
            .limit(MAX_ACCOUNTS)
            .fetch();
    if (rows.size() == MAX_ACCOUNTS) {
      log.atWarn()
          .addKeyValue("max", MAX_ACCOUNTS)
          .log("more provider accounts than are routed over; the newest are left out");
    }
    List<Long> ids = rows.stream().map(row -> row.get(PROVIDER_ACCOUNT.ID)).toList();
    Map<Long, List<SealedKey>> keys = AccountReading.keys(transaction, ids);
    List<List<ProviderAccount>> accounts = new ArrayList<>(rows.size());
    for (Record row : rows) {
      List<ProviderAccount> withKeys =
          read(row, keys.getOrDefault(row.get(PROVIDER_ACCOUNT.ID), List.of()));
      if (!withKeys.isEmpty()) {
        accounts.add(withKeys);
      }
    }
    return accounts;
  }

  /** One account that cannot be read must not take the others down. */
  private List<ProviderAccount> read(Record row, List<SealedKey> keys) {
    ProviderAccountId id = new ProviderAccountId(row.get(PROVIDER_ACCOUNT.ID));
    try {
      AccountSettings settings = reading.settings(row, keys);
      List<Protocol> protocols = AccountReading.protocols(row);
      BaseUrl url = BaseUrl.parse(AccountReading.baseUrl(row));
      return settings.keys().stream()
          .map(key -> new ProviderAccount(id, protocols, url, key, settings))
          .toList();
    } catch (RuntimeException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("provider_account", id.value())
          .log("a provider account cannot be used: its key does not open or its address is bad");
      return List.of();
    }
  }
}
