package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A row of the price list: a model, its limits and its list prices.
 *
 * @param id as callers name it
 * @param aliases other names of the same model, e.g. dated ones
 * @param protocol its upstream's
 * @param ownedBy who makes it, as model lists show
 * @param created when it came out
 * @param contextTokens most input tokens it takes; at least 1
 * @param maxOutputTokens most output tokens of one answer; at least 1
 * @param tiers what it costs by the tier that serves; {@link ServiceTier#STANDARD} is among them
 */
public record ModelPrice(
    String id,
    List<String> aliases,
    Protocol protocol,
    String ownedBy,
    Instant created,
    long contextTokens,
    long maxOutputTokens,
    Map<ServiceTier, TierPrice> tiers) {
  public ModelPrice {
    requireNonNull(id, "id is null");
    aliases = List.copyOf(aliases);
    requireNonNull(protocol, "protocol is null");
    requireNonNull(ownedBy, "ownedBy is null");
    requireNonNull(created, "created is null");
    requirePositive("context_tokens", contextTokens);
    requirePositive("max_output_tokens", maxOutputTokens);
    tiers = Collections.unmodifiableMap(new TreeMap<>(tiers));
    if (!tiers.containsKey(ServiceTier.STANDARD)) {
      throw new IllegalArgumentException(
          "tiers: " + tiers.keySet() + " (expected: " + ServiceTier.STANDARD + " among them)");
    }
  }

  /** What it costs in the usual tier. */
  public TierPrice standard() {
    return requireNonNull(tiers.get(ServiceTier.STANDARD), "no standard price");
  }

  private static void requirePositive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: >= 1)");
    }
  }
}
