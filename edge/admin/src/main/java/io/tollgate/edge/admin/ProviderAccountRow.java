package io.tollgate.edge.admin;

import io.tollgate.billing.AccountCostSummary;
import io.tollgate.contracts.Protocol;
import io.tollgate.relay.accounts.AccountKey;
import io.tollgate.relay.accounts.AccountLimits;
import io.tollgate.relay.accounts.AccountSettings;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.ExtraHeader;
import io.tollgate.relay.accounts.HealthReport;
import io.tollgate.relay.accounts.HealthReport.LastFailure;
import io.tollgate.relay.accounts.HealthState;
import io.tollgate.relay.accounts.OutboundProxy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An account with a provider as it is listed, with its secrets masked.
 *
 * @param state {@code off}, or how well it is
 * @param restsUntil of the account, or of all its keys the first to be free
 * @param ownProtocols those that the account says itself; empty: the provider's
 * @param ownBaseUrl null: the provider's
 * @param models null: every model
 * @param totalCost of all time, USD
 * @param todayCost since midnight UTC
 * @param recentCost of today and the 89 days before
 */
record ProviderAccountRow(
    long id,
    String provider,
    String name,
    String state,
    @Nullable Instant restsUntil,
    @Nullable Failure lastFailure,
    List<String> protocols,
    List<String> ownProtocols,
    String baseUrl,
    @Nullable String ownBaseUrl,
    List<Key> keys,
    List<Header> headers,
    @Nullable String proxyUrl,
    @Nullable List<String> models,
    Map<String, String> modelMapping,
    List<String> groups,
    int priority,
    int weight,
    @Nullable Integer requestsPerMinute,
    @Nullable Long tokensPerMinute,
    @Nullable Integer maxConcurrency,
    BigDecimal costFactor,
    String currency,
    BigDecimal totalCost,
    long totalRequests,
    BigDecimal todayCost,
    long todayRequests,
    BigDecimal recentCost,
    long recentRequests,
    boolean enabled,
    boolean sandbox,
    boolean readable,
    Instant createdAt,
    Instant updatedAt) {
  private static final String OFF = "off";

  /**
   * One of its keys.
   *
   * @param key its end only
   */
  record Key(
      long id,
      String key,
      String state,
      @Nullable Instant restsUntil,
      @Nullable Failure lastFailure) {}

  /**
   * A header that every call carries.
   *
   * @param value null where it is secret
   */
  record Header(String name, @Nullable String value, boolean secret) {}

  /** Why it was left the last time. */
  record Failure(String code, @Nullable Integer status, Instant at) {
    static Failure of(LastFailure failure) {
      return new Failure(
          failure.code(),
          failure.status().isPresent() ? failure.status().getAsInt() : null,
          failure.at());
    }
  }

  static ProviderAccountRow of(AccountStanding account, AccountCostSummary cost) {
    AccountSettings settings = account.settings();
    AccountLimits limits = settings.limits();
    boolean on = settings.enabled() && account.providerEnabled();
    return new ProviderAccountRow(
        account.id().value(),
        settings.provider(),
        settings.name(),
        on ? account.state().code() : OFF,
        restsUntil(account).orElse(null),
        lastFailure(account).map(Failure::of).orElse(null),
        codes(account.protocols()),
        codes(settings.protocols()),
        account.baseUrl(),
        settings.baseUrl().orElse(null),
        settings.keys().stream().map(key -> key(account, key)).toList(),
        settings.headers().stream().map(ProviderAccountRow::header).toList(),
        settings.proxy().map(OutboundProxy::masked).orElse(null),
        settings.models().listed().map(models -> models.stream().sorted().toList()).orElse(null),
        new TreeMap<>(settings.models().mapping()),
        settings.groups().stream().sorted().toList(),
        settings.priority(),
        settings.weight(),
        limits.requestsPerMinute().isPresent() ? limits.requestsPerMinute().getAsInt() : null,
        limits.tokensPerMinute().isPresent() ? limits.tokensPerMinute().getAsLong() : null,
        limits.concurrency().isPresent() ? limits.concurrency().getAsInt() : null,
        settings.costFactor().stripTrailingZeros(),
        "USD",
        cost.total().usd(),
        cost.total().requests(),
        cost.today().usd(),
        cost.today().requests(),
        cost.recentUsd(),
        cost.recentRequests(),
        settings.enabled(),
        settings.sandbox(),
        account.readable(),
        account.createdAt(),
        account.updatedAt());
  }

  private static Key key(AccountStanding account, AccountKey key) {
    HealthReport health = account.keyHealth().getOrDefault(key.id(), HealthReport.HEALTHY);
    return new Key(
        key.id(),
        account.readable() ? key.masked() : "unreadable",
        health.state().code(),
        health.until().orElse(null),
        health.failure().map(Failure::of).orElse(null));
  }

  private static Header header(ExtraHeader header) {
    return new Header(header.name(), header.secret() ? null : header.value(), header.secret());
  }

  private static Optional<Instant> restsUntil(AccountStanding account) {
    if (account.state() == HealthState.HEALTHY || account.state() == HealthState.BANNED) {
      return Optional.empty();
    }
    return account
        .health()
        .until()
        .or(
            () ->
                account.keyHealth().values().stream()
                    .flatMap(key -> key.until().stream())
                    .min(Comparator.naturalOrder()));
  }

  private static Optional<LastFailure> lastFailure(AccountStanding account) {
    return Stream.concat(Stream.of(account.health()), account.keyHealth().values().stream())
        .map(report -> report.failure().orElse(null))
        .filter(Objects::nonNull)
        .max(Comparator.comparing(LastFailure::at));
  }

  private static List<String> codes(List<Protocol> protocols) {
    return protocols.stream().map(Protocol::code).toList();
  }
}
