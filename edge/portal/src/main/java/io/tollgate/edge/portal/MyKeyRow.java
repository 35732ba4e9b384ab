package io.tollgate.edge.portal;

import io.tollgate.identity.ApiKey;
import io.tollgate.identity.KeyRates;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A key as its user sees it. Its secret is nowhere in it.
 *
 * @param prefix the first characters of the secret, and {@code ****} for the rest
 * @param state {@code on}, {@code off} or {@code ended}
 * @param models null: all
 * @param addresses null: all
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
    @Nullable Instant retiringUntil,
    Instant createdAt) {
  static MyKeyRow of(ApiKey key, Instant now) {
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
        key.retiringUntil().filter(now::isBefore).orElse(null),
        key.createdAt());
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
