package io.tollgate.edge.portal;

import io.tollgate.billing.SpendLimitStanding;
import io.tollgate.ground.Amount;
import io.tollgate.identity.ApiKey;
import io.tollgate.identity.KeyRates;
import io.tollgate.metering.UsageQueries.KeyUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A key as its user sees it. Its secret is nowhere in it.
 *
 * @param prefix the first characters of the secret, and {@code ****} for the rest
 * @param state {@code on}, {@code off} or {@code ended}
 * @param models null: all
 * @param addresses null: all
 * @param spentLately what was charged for the last 30 days, in {@code currency}
 * @param lastUsedAt within those days; null: not used
 * @param spendLimits what may be spent with it, as its operator set it
 * @param retiringUntil until when the secret before the last rotation is taken; null: it is not
 */
record MyKeyRow(
    long id,
    String name,
    String prefix,
    String state,
    @Nullable Instant expiresAt,
    @Nullable List<String> models,
    @Nullable List<String> addresses,
    @Nullable Integer requestsPerMinute,
    @Nullable Long tokensPerMinute,
    @Nullable Integer concurrentMax,
    BigDecimal spentLately,
    String currency,
    @Nullable Instant lastUsedAt,
    List<Limit> spendLimits,
    @Nullable Instant retiringUntil,
    Instant createdAt) {
  static MyKeyRow of(ApiKey key, KeyFigures.Read figures, Instant now) {
    Optional<KeyUsage> used = figures.used(key.id());
    KeyRates rates = key.terms().rates();
    return new MyKeyRow(
        key.id().value(),
        key.terms().name(),
        key.prefix() + "****",
        hasEnded(key, now) ? "ended" : key.enabled() ? "on" : "off",
        key.terms().expiresAt().orElse(null),
        orNull(key.terms().models().patterns()),
        orNull(key.terms().addresses().written()),
        orNull(rates.requestsPerMinute()),
        rates.tokensPerMinute().isPresent() ? rates.tokensPerMinute().getAsLong() : null,
        orNull(rates.concurrent()),
        new Amount(figures.currency(), used.map(KeyUsage::cost).orElse(0L)).toDecimal(),
        figures.currency().code(),
        used.map(KeyUsage::lastUsedAt).orElse(null),
        figures.limits(key.id()).stream().map(Limit::of).toList(),
        key.retiringUntil().filter(now::isBefore).orElse(null),
        key.createdAt());
  }

  /**
   * A spend limit of a key.
   *
   * @param span {@code day}, {@code month} or {@code total}
   * @param windowEndsAt when there is as much to spend again; null: never
   */
  record Limit(
      String span,
      BigDecimal amount,
      BigDecimal remaining,
      String currency,
      @Nullable Instant windowEndsAt) {
    static Limit of(SpendLimitStanding limit) {
      return new Limit(
          limit.span().code(),
          limit.amount().toDecimal(),
          limit.remaining().toDecimal(),
          limit.amount().asset().code(),
          limit.windowEndsAt().orElse(null));
    }
  }

  /** Whether it is over for good. */
  static boolean hasEnded(ApiKey key, Instant now) {
    return key.terms().expiresAt().filter(end -> !end.isAfter(now)).isPresent();
  }

  private static @Nullable List<String> orNull(List<String> texts) {
    return texts.isEmpty() ? null : texts;
  }

  private static @Nullable Integer orNull(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }
}
