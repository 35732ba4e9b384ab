package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.PROVIDER_ACCOUNT;
import static io.tollgate.schema.relay.Tables.PROVIDER_KEY;

import io.tollgate.data.Transaction;
import io.tollgate.relay.accounts.AccountKey;
import io.tollgate.relay.accounts.AccountLimits;
import io.tollgate.relay.accounts.AccountSettings;
import io.tollgate.relay.accounts.ProviderAccountId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writes what an operator said of an account, with its secrets sealed. */
final class AccountWriting {
  private final AccountSecrets secrets;

  AccountWriting(AccountSecrets secrets) {
    this.secrets = secrets;
  }

  ProviderAccountId insert(Transaction transaction, long provider, AccountSettings settings) {
    Long id =
        transaction
            .sql()
            .insertInto(PROVIDER_ACCOUNT)
            .set(PROVIDER_ACCOUNT.PROVIDER_ID, provider)
            .set(columns(settings))
            .returningResult(PROVIDER_ACCOUNT.ID)
            .fetchSingle()
            .value1();
    ProviderAccountId account = new ProviderAccountId(id);
    keys(transaction, account, settings, Set.of());
    return account;
  }

  /**
   * @param before keys that are stored
   */
  void update(
      Transaction transaction,
      ProviderAccountId account,
      AccountSettings settings,
      Set<Long> before) {
    transaction
        .sql()
        .update(PROVIDER_ACCOUNT)
        .set(columns(settings))
        .set(PROVIDER_ACCOUNT.UPDATED_AT, DSL.currentInstant())
        .where(PROVIDER_ACCOUNT.ID.eq(account.value()))
        .execute();
    keys(transaction, account, settings, before);
  }

  private Map<Field<?>, @Nullable Object> columns(AccountSettings settings) {
    AccountLimits limits = settings.limits();
    Map<Field<?>, @Nullable Object> columns = new HashMap<>();
    columns.put(PROVIDER_ACCOUNT.NAME, settings.name());
    columns.put(
        PROVIDER_ACCOUNT.PROTOCOLS,
        settings.protocols().isEmpty() ? null : AccountReading.codes(settings.protocols()));
    columns.put(PROVIDER_ACCOUNT.BASE_URL, settings.baseUrl().orElse(null));
    columns.put(
        PROVIDER_ACCOUNT.HEADERS_SEALED,
        settings.headers().isEmpty()
            ? null
            : secrets.sealHeaders(settings.provider(), settings.name(), settings.headers()));
    columns.put(
        PROVIDER_ACCOUNT.PROXY_SEALED,
        settings
            .proxy()
            .map(proxy -> secrets.sealProxy(settings.provider(), settings.name(), proxy))
            .orElse(null));
    columns.put(
        PROVIDER_ACCOUNT.MODELS,
        settings
            .models()
            .listed()
            .map(models -> models.stream().sorted().toArray(String[]::new))
            .orElse(null));
    columns.put(
        PROVIDER_ACCOUNT.MODEL_MAPPING, AccountReading.written(settings.models().mapping()));
    columns.put(
        PROVIDER_ACCOUNT.GROUPS, settings.groups().stream().sorted().toArray(String[]::new));
    columns.put(PROVIDER_ACCOUNT.PRIORITY, settings.priority());
    columns.put(PROVIDER_ACCOUNT.WEIGHT, settings.weight());
    columns.put(PROVIDER_ACCOUNT.REQUESTS_PER_MINUTE, orNull(limits.requestsPerMinute()));
    columns.put(PROVIDER_ACCOUNT.TOKENS_PER_MINUTE, orNull(limits.tokensPerMinute()));
    columns.put(PROVIDER_ACCOUNT.MAX_CONCURRENCY, orNull(limits.concurrency()));
    columns.put(PROVIDER_ACCOUNT.COST_FACTOR, settings.costFactor());
    columns.put(PROVIDER_ACCOUNT.ENABLED, settings.enabled());
    columns.put(PROVIDER_ACCOUNT.IS_SANDBOX, settings.sandbox());
    return columns;
  }

  /** Keys are sealed anew also where they stay, as the account may have another name now. */
  private void keys(
      Transaction transaction,
      ProviderAccountId account,
      AccountSettings settings,
      Set<Long> before) {
    Set<Long> gone = new HashSet<>(before);
    for (AccountKey key : settings.keys()) {
      byte[] sealed = secrets.sealKey(settings.provider(), settings.name(), key.secret());
      if (gone.remove(key.id())) {
        transaction
            .sql()
            .update(PROVIDER_KEY)
            .set(PROVIDER_KEY.SEALED, sealed)
            .where(PROVIDER_KEY.ID.eq(key.id()))
            .execute();
      } else {
        transaction
            .sql()
            .insertInto(PROVIDER_KEY)
            .set(PROVIDER_KEY.ACCOUNT_ID, account.value())
            .set(PROVIDER_KEY.SEALED, sealed)
            .execute();
      }
    }
    HealthTable.forget(transaction, account.value(), List.copyOf(gone));
    transaction
        .sql()
        .deleteFrom(PROVIDER_KEY)
        .where(PROVIDER_KEY.ID.eq(DSL.any(gone.toArray(Long[]::new))))
        .execute();
  }

  private static @Nullable Integer orNull(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }

  private static @Nullable Long orNull(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
