package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.PROVIDER;
import static io.tollgate.schema.relay.Tables.PROVIDER_ACCOUNT;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.AccountFilter;
import io.tollgate.relay.accounts.AccountKey;
import io.tollgate.relay.accounts.AccountSettings;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.NewProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.ProviderAccounts;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jooq.impl.DSL;

/** Accounts in PostgreSQL, their secrets sealed. */
public final class AccountStore implements ProviderAccounts {
  private final Transactions transactions;
  private final AccountWriting writing;
  private final AccountLists lists;
  private final Runnable reload;

  /**
   * @param reload makes this process's routing read the accounts again
   */
  AccountStore(Transactions transactions, AccountSecrets secrets, Runnable reload) {
    this.transactions = transactions;
    this.writing = new AccountWriting(secrets);
    this.lists = new AccountLists(new AccountReading(secrets));
    this.reload = reload;
  }

  @Override
  public ProviderAccountId save(NewProviderAccount account) {
    ProviderAccountId id = transactions.write(transaction -> save(transaction, account));
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
                    .and(PROVIDER_ACCOUNT.ARCHIVED_AT.isNull())
                    .execute());
    if (changed == 0) {
      throw AccountLists.unknown(account);
    }
    reload();
  }

  @Override
  public void reload() {
    reload.run();
  }

  @Override
  public ListPage<AccountStanding> list(
      Transaction transaction, AccountFilter filter, ListRequest request) {
    return lists.page(transaction, filter, request);
  }

  @Override
  public AccountStanding find(Transaction transaction, ProviderAccountId account) {
    return lists.find(transaction, account);
  }

  @Override
  public AccountStanding create(Transaction transaction, AccountSettings settings) {
    ProviderTable.Row provider =
        ProviderTable.find(transaction, settings.provider())
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND,
                        "provider: "
                            + GivenText.shown(settings.provider())
                            + " (expected: one of GET /api/providers)"));
    requireReachable(provider, settings);
    requireFree(transaction, provider, settings.name());
    ProviderAccountId id = writing.insert(transaction, provider.id(), fresh(settings));
    return find(transaction, id);
  }

  @Override
  public AccountStanding edit(
      Transaction transaction, ProviderAccountId account, UnaryOperator<AccountSettings> change) {
    lock(transaction, account);
    AccountStanding before = find(transaction, account);
    AccountSettings next = change.apply(before.settings());
    if (!next.provider().equals(before.settings().provider())) {
      throw new IllegalArgumentException("an account stays with its provider");
    }
    requireReadable(before, next);
    ProviderTable.Row provider = ProviderTable.find(transaction, next.provider()).orElseThrow();
    requireReachable(provider, next);
    if (!next.name().equals(before.settings().name())) {
      requireFree(transaction, provider, next.name());
    }
    writing.update(transaction, account, next, ids(before.settings()));
    return find(transaction, account);
  }

  @Override
  public void archive(Transaction transaction, ProviderAccountId account) {
    lock(transaction, account);
    transaction
        .sql()
        .update(PROVIDER_ACCOUNT)
        .set(PROVIDER_ACCOUNT.ARCHIVED_AT, DSL.currentInstant())
        .set(PROVIDER_ACCOUNT.ENABLED, false)
        .where(PROVIDER_ACCOUNT.ID.eq(account.value()))
        .execute();
  }

  @Override
  public AccountStanding reset(Transaction transaction, ProviderAccountId account) {
    lock(transaction, account);
    AccountStanding before = find(transaction, account);
    HealthTable.reset(transaction, account.value(), ids(before.settings()));
    return find(transaction, account);
  }

  private ProviderAccountId save(Transaction transaction, NewProviderAccount account) {
    ProviderTable.Row provider =
        ProviderTable.findOrCreate(transaction, account.provider(), account.protocols());
    if (!provider.settings().protocols().equals(account.protocols())) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "protocol of provider "
              + account.provider()
              + ": "
              + account.protocol().code()
              + " (expected: "
              + provider.settings().protocols().stream()
                  .map(Protocol::code)
                  .collect(Collectors.joining(", "))
              + ", as it is known with)");
    }
    AccountSettings settings = account.settings();
    Optional<Long> known = byName(transaction, provider, account.name());
    if (known.isEmpty()) {
      return writing.insert(transaction, provider.id(), settings);
    }
    ProviderAccountId id = new ProviderAccountId(known.get());
    AccountSettings before = find(transaction, id).settings();
    List<AccountKey> keys =
        before.keys().stream()
            .filter(key -> key.secret().equals(account.key()))
            .findFirst()
            .map(List::of)
            .orElse(settings.keys());
    AccountSettings next = settings.toBuilder().keys(keys).enabled(before.enabled()).build();
    if (!next.equals(before)) {
      writing.update(transaction, id, next, ids(before));
    }
    return id;
  }

  /** Secrets that cannot be opened cannot be kept either: all must be given again. */
  private static void requireReadable(AccountStanding before, AccountSettings next) {
    Set<Long> kept = new HashSet<>(ids(before.settings()));
    kept.retainAll(ids(next));
    if (!before.readable() && !kept.isEmpty()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "the account's secrets cannot be opened under this master key (expected: keys, headers"
              + " and proxy_url given again)");
    }
  }

  private static void requireReachable(ProviderTable.Row provider, AccountSettings settings) {
    if (settings.baseUrl().isEmpty() && provider.settings().baseUrl().isEmpty()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "base_url is missing (expected: a URL, as the provider "
              + settings.provider()
              + " has none)");
    }
  }

  private static void requireFree(
      Transaction transaction, ProviderTable.Row provider, String name) {
    if (byName(transaction, provider, name).isPresent()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "name: "
              + GivenText.shown(name)
              + " (expected: one that no other account of "
              + provider.settings().name()
              + " has)");
    }
  }

  private static Optional<Long> byName(
      Transaction transaction, ProviderTable.Row provider, String name) {
    // two who save the same wait for each other here
    transaction
        .sql()
        .select(PROVIDER.ID)
        .from(PROVIDER)
        .where(PROVIDER.ID.eq(provider.id()))
        .forUpdate()
        .execute();
    return transaction
        .sql()
        .select(PROVIDER_ACCOUNT.ID)
        .from(PROVIDER_ACCOUNT)
        .where(PROVIDER_ACCOUNT.PROVIDER_ID.eq(provider.id()))
        .and(PROVIDER_ACCOUNT.NAME.eq(name))
        .and(PROVIDER_ACCOUNT.ARCHIVED_AT.isNull())
        .fetchOptional(PROVIDER_ACCOUNT.ID);
  }

  private static void lock(Transaction transaction, ProviderAccountId account) {
    var _ =
        transaction
            .sql()
            .select(PROVIDER_ACCOUNT.ID)
            .from(PROVIDER_ACCOUNT)
            .where(PROVIDER_ACCOUNT.ID.eq(account.value()))
            .and(PROVIDER_ACCOUNT.ARCHIVED_AT.isNull())
            .forUpdate()
            .fetchOptional()
            .orElseThrow(() -> AccountLists.unknown(account));
  }

  /** Nobody gives numbers to keys but the table. */
  private static AccountSettings fresh(AccountSettings settings) {
    return settings.toBuilder()
        .keys(settings.keys().stream().map(key -> AccountKey.fresh(key.secret())).toList())
        .build();
  }

  private static Set<Long> ids(AccountSettings settings) {
    return settings.keys().stream().map(AccountKey::id).collect(Collectors.toSet());
  }
}
