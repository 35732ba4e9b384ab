package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.PROVIDER;
import static io.tollgate.schema.relay.Tables.PROVIDER_ACCOUNT;
import static io.tollgate.schema.relay.Tables.PROVIDER_KEY;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.Transaction;
import io.tollgate.relay.accounts.AccountKey;
import io.tollgate.relay.accounts.AccountLimits;
import io.tollgate.relay.accounts.AccountSettings;
import io.tollgate.relay.accounts.AccountSettingsBuilder;
import io.tollgate.relay.accounts.ModelNames;
import io.tollgate.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Turns rows of accounts, joined with their providers, into what an operator said. */
final class AccountReading {
  private final AccountSecrets secrets;

  AccountReading(AccountSecrets secrets) {
    this.secrets = secrets;
  }

  /** A key as it is stored. */
  record SealedKey(long id, byte[] sealed) {}

  /** The keys of accounts, by the account's number, the oldest first. */
  static Map<Long, List<SealedKey>> keys(Transaction transaction, Collection<Long> accounts) {
    return transaction
        .sql()
        .select(PROVIDER_KEY.ACCOUNT_ID, PROVIDER_KEY.ID, PROVIDER_KEY.SEALED)
        .from(PROVIDER_KEY)
        .where(PROVIDER_KEY.ACCOUNT_ID.eq(DSL.any(accounts.toArray(Long[]::new))))
        .orderBy(PROVIDER_KEY.ACCOUNT_ID, PROVIDER_KEY.ID)
        .fetchGroups(
            PROVIDER_KEY.ACCOUNT_ID,
            row -> new SealedKey(row.get(PROVIDER_KEY.ID), row.get(PROVIDER_KEY.SEALED)));
  }

  /**
   * What the operator said.
   *
   * @throws RuntimeException when a secret does not open
   */
  AccountSettings settings(Record row, List<SealedKey> keys) {
    String provider = row.get(PROVIDER.NAME);
    String name = row.get(PROVIDER_ACCOUNT.NAME);
    AccountSettingsBuilder settings =
        plain(row)
            .keys(
                keys.stream()
                    .map(
                        key ->
                            new AccountKey(key.id(), secrets.openKey(provider, name, key.sealed())))
                    .toList());
    byte @Nullable [] headers = row.get(PROVIDER_ACCOUNT.HEADERS_SEALED);
    if (headers != null) {
      settings.headers(secrets.openHeaders(provider, name, headers));
    }
    byte @Nullable [] proxy = row.get(PROVIDER_ACCOUNT.PROXY_SEALED);
    if (proxy != null) {
      settings.proxy(secrets.openProxy(provider, name, proxy));
    }
    return settings.build();
  }

  /** The same of an account whose secrets do not open: its keys are made up. */
  static AccountSettings withoutSecrets(Record row, List<SealedKey> keys) {
    return plain(row)
        .keys(keys.stream().map(key -> new AccountKey(key.id(), "unreadable-" + key.id())).toList())
        .build();
  }

  /** Where the account is reached. */
  static String baseUrl(Record row) {
    return Optional.ofNullable(row.get(PROVIDER_ACCOUNT.BASE_URL))
        .or(() -> Optional.ofNullable(row.get(PROVIDER.BASE_URL)))
        .orElse("");
  }

  /** What the account speaks. */
  static List<Protocol> protocols(Record row) {
    return protocols(
        Optional.ofNullable(row.get(PROVIDER_ACCOUNT.PROTOCOLS))
            .orElseGet(() -> row.get(PROVIDER.PROTOCOLS)));
  }

  static List<Protocol> protocols(String[] codes) {
    return Arrays.stream(codes).map(Protocol::ofCode).toList();
  }

  static String[] codes(List<Protocol> protocols) {
    return protocols.stream().map(Protocol::code).toArray(String[]::new);
  }

  static JSONB written(Map<String, String> mapping) {
    return JSONB.valueOf(new String(Json.write(new TreeMap<>(mapping)), StandardCharsets.UTF_8));
  }

  private static AccountSettingsBuilder plain(Record row) {
    AccountSettingsBuilder settings =
        AccountSettings.builder(row.get(PROVIDER.NAME), row.get(PROVIDER_ACCOUNT.NAME))
            .models(
                new ModelNames(
                    Optional.ofNullable(row.get(PROVIDER_ACCOUNT.MODELS)).map(Set::of),
                    mapping(row.get(PROVIDER_ACCOUNT.MODEL_MAPPING))))
            .groups(Set.of(row.get(PROVIDER_ACCOUNT.GROUPS)))
            .priority(row.get(PROVIDER_ACCOUNT.PRIORITY))
            .weight(row.get(PROVIDER_ACCOUNT.WEIGHT))
            .limits(limits(row))
            .costFactor(row.get(PROVIDER_ACCOUNT.COST_FACTOR))
            .enabled(row.get(PROVIDER_ACCOUNT.ENABLED))
            .sandbox(row.get(PROVIDER_ACCOUNT.IS_SANDBOX));
    Optional.ofNullable(row.get(PROVIDER_ACCOUNT.PROTOCOLS))
        .ifPresent(codes -> settings.protocols(protocols(codes)));
    Optional.ofNullable(row.get(PROVIDER_ACCOUNT.BASE_URL)).ifPresent(settings::baseUrl);
    return settings;
  }

  private static Map<String, String> mapping(JSONB stored) {
    Map<String, String> mapping = new HashMap<>();
    Json.read(stored.data().getBytes(StandardCharsets.UTF_8))
        .properties()
        .forEach(entry -> mapping.put(entry.getKey(), entry.getValue().asString()));
    return mapping;
  }

  private static AccountLimits limits(Record row) {
    @Nullable Integer requests = row.get(PROVIDER_ACCOUNT.REQUESTS_PER_MINUTE);
    @Nullable Long tokens = row.get(PROVIDER_ACCOUNT.TOKENS_PER_MINUTE);
    @Nullable Integer concurrency = row.get(PROVIDER_ACCOUNT.MAX_CONCURRENCY);
    return new AccountLimits(
        requests == null ? OptionalInt.empty() : OptionalInt.of(requests),
        tokens == null ? OptionalLong.empty() : OptionalLong.of(tokens),
        concurrency == null ? OptionalInt.empty() : OptionalInt.of(concurrency));
  }
}
