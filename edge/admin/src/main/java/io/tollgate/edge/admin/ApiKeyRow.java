package io.tollgate.edge.admin;

import io.tollgate.identity.ApiKey;
import io.tollgate.identity.KeyRates;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is listed. Its secret is nowhere in it.
 *
 * @param prefix the first characters of the secret, and {@code ****} for the rest
 * @param models null: all
 * @param addresses null: all
 * @param concurrentMax null: as the setting says
 * @param retiringUntil until when the secret before the last rotation is taken; null: it is not
 */
record ApiKeyRow(
    long id,
    long tenantId,
    long userId,
    String name,
    String prefix,
    boolean enabled,
    @Nullable Instant expiresAt,
    @Nullable List<String> models,
    @Nullable List<String> addresses,
    @Nullable Integer requestsPerMinute,
    @Nullable Long tokensPerMinute,
    @Nullable Integer concurrentMax,
    List<String> groups,
    @Nullable Instant retiringUntil,
    Instant createdAt,
    Instant updatedAt) {
  static ApiKeyRow of(ApiKey key) {
    KeyRates rates = key.terms().rates();
    return new ApiKeyRow(
        key.id().value(),
        key.tenant().value(),
        key.user().value(),
        key.terms().name(),
        key.prefix() + "****",
        key.enabled(),
        key.terms().expiresAt().orElse(null),
        orNull(key.terms().models().patterns()),
        orNull(key.terms().addresses().written()),
        orNull(rates.requestsPerMinute()),
        rates.tokensPerMinute().isPresent() ? rates.tokensPerMinute().getAsLong() : null,
        orNull(rates.concurrent()),
        List.copyOf(key.terms().sortedGroups()),
        key.retiringUntil().orElse(null),
        key.createdAt(),
        key.updatedAt());
  }

  private static @Nullable List<String> orNull(List<String> texts) {
    return texts.isEmpty() ? null : texts;
  }

  private static @Nullable Integer orNull(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }
}
