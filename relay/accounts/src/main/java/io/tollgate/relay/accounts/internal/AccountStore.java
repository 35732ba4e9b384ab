package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.PROVIDER;
import static io.tollgate.schema.relay.Tables.PROVIDER_ACCOUNT;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.BaseUrl;
import io.tollgate.relay.accounts.NewProviderAccount;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.ProviderAccounts;
import io.tollgate.relay.accounts.SecretBox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accounts in PostgreSQL, their keys sealed; tells the routing what is enabled. */
public final class AccountStore implements ProviderAccounts {
  private static final Logger log = LoggerFactory.getLogger(AccountStore.class);

  /** More accounts than one process routes over; the rest is left out with a warning. */
  private static final int MAX_ACCOUNTS = 10_000;

  private final Transactions transactions;
  private final SecretBox secretBox;
  private final Consumer<List<ProviderAccount>> routing;

  public AccountStore(
      Transactions transactions, SecretBox secretBox, Consumer<List<ProviderAccount>> routing) {
    this.transactions = transactions;
    this.secretBox = secretBox;
    this.routing = routing;
  }

  @Override
  public ProviderAccountId save(NewProviderAccount account) {
    byte[] sealed =
        secretBox.seal(
            account.key().getBytes(StandardCharsets.UTF_8),
            associated(account.provider(), account.name()));
    ProviderAccountId id = transactions.write(transaction -> save(transaction, account, sealed));
    reload();
    return id;
  }

  @Override
  public void setEnabled(ProviderAccountId account, boolean enabled) {
    int changed =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .update(PROVIDER_ACCOUNT)
                    .set(PROVIDER_ACCOUNT.ENABLED, enabled)
                    .set(PROVIDER_ACCOUNT.UPDATED_AT, DSL.currentInstant())
                    .where(PROVIDER_ACCOUNT.ID.eq(account.value()))
                    .execute());
    if (changed == 0) {
      throw new Refusal(
          ErrorCode.NOT_FOUND, "provider account: " + account + " (expected: one that exists)");
    }
    reload();
  }

  @Override
  public synchronized void reload() {
    routing.accept(transactions.read(this::enabled));
  }

  private static ProviderAccountId save(
      Transaction transaction, NewProviderAccount account, byte[] sealed) {
    var sql = transaction.sql();
    sql.insertInto(PROVIDER, PROVIDER.NAME, PROVIDER.PROTOCOL)
        .values(account.provider(), account.protocol().code())
        .onConflict(PROVIDER.NAME)
        .doNothing()
        .execute();
    var provider =
        sql.selectFrom(PROVIDER).where(PROVIDER.NAME.eq(account.provider())).fetchSingle();
    if (!provider.getProtocol().equals(account.protocol().code())) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "protocol of provider "
              + account.provider()
              + ": "
              + account.protocol().code()
              + " (expected: "
              + provider.getProtocol()
              + ", as it is known with)");
    }
    String[] models = account.models().map(m -> m.toArray(String[]::new)).orElse(null);
    Long id =
        sql.insertInto(PROVIDER_ACCOUNT)
            .set(PROVIDER_ACCOUNT.PROVIDER_ID, provider.getId())
            .set(PROVIDER_ACCOUNT.NAME, account.name())
            .set(PROVIDER_ACCOUNT.BASE_URL, account.baseUrl())
            .set(PROVIDER_ACCOUNT.KEY_SEALED, sealed)
            .set(PROVIDER_ACCOUNT.PRIORITY, account.priority())
            .set(PROVIDER_ACCOUNT.WEIGHT, account.weight())
            .set(PROVIDER_ACCOUNT.MODELS, models)
            .set(PROVIDER_ACCOUNT.IS_SANDBOX, account.sandbox())
            .onConflict(PROVIDER_ACCOUNT.PROVIDER_ID, PROVIDER_ACCOUNT.NAME)
            .doUpdate()
            .setAllToExcluded()
            .set(PROVIDER_ACCOUNT.UPDATED_AT, DSL.currentInstant())
            .returningResult(PROVIDER_ACCOUNT.ID)
            .fetchSingle()
            .value1();
    return new ProviderAccountId(id);
  }

  private List<ProviderAccount> enabled(Transaction transaction) {
    List<ProviderAccount> accounts = new ArrayList<>();
    transaction
        .sql()
        .select()
        .from(PROVIDER_ACCOUNT)
        .join(PROVIDER)
        .on(PROVIDER.ID.eq(PROVIDER_ACCOUNT.PROVIDER_ID))
        .where(PROVIDER_ACCOUNT.ENABLED)
        .orderBy(PROVIDER_ACCOUNT.ID)
        .limit(MAX_ACCOUNTS)
        .forEach(row -> read(row).ifPresent(accounts::add));
    if (accounts.size() == MAX_ACCOUNTS) {
      log.atWarn()
          .addKeyValue("max", MAX_ACCOUNTS)
          .log("more provider accounts than are routed over; the newest are left out");
    }
    return accounts;
  }

  /** One account that cannot be read must not take the others down. */
  private Optional<ProviderAccount> read(Record row) {
    ProviderAccountId id = new ProviderAccountId(row.get(PROVIDER_ACCOUNT.ID));
    String provider = row.get(PROVIDER.NAME);
    String name = row.get(PROVIDER_ACCOUNT.NAME);
    try {
      byte[] key = secretBox.open(row.get(PROVIDER_ACCOUNT.KEY_SEALED), associated(provider, name));
      return Optional.of(
          new ProviderAccount(
              id,
              provider,
              Protocol.ofCode(row.get(PROVIDER.PROTOCOL)),
              name,
              BaseUrl.parse(row.get(PROVIDER_ACCOUNT.BASE_URL)),
              new String(key, StandardCharsets.UTF_8),
              row.get(PROVIDER_ACCOUNT.PRIORITY),
              row.get(PROVIDER_ACCOUNT.WEIGHT),
              Optional.ofNullable(row.get(PROVIDER_ACCOUNT.MODELS)).map(Set::of),
              row.get(PROVIDER_ACCOUNT.IS_SANDBOX)));
    } catch (RuntimeException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("provider_account", id.value())
          .log("a provider account cannot be used: its key does not open or its address is bad");
      return Optional.empty();
    }
  }

  private static String associated(String provider, String name) {
    return "relay.provider_account:" + provider + "/" + name;
  }
}
