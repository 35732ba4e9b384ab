package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A row of the price list: a model, its limits and its list price.
 *
 * @param id as callers name it
 * @param aliases other names of the same model, e.g. dated ones
 * @param platform protocol family of its upstream: {@code openai}, {@code anthropic}, {@code
 *     gemini}
 * @param ownedBy who makes it, as model lists show
 * @param created when it came out
 * @param contextTokens most input tokens it takes; at least 1
 * @param maxOutputTokens most output tokens of one answer; at least 1
 * @param price what its tokens cost
 * @param longContext what they cost in a request with a long input, where that differs
 */
public record ModelPrice(
    String id,
    List<String> aliases,
    String platform,
    String ownedBy,
    Instant created,
    long contextTokens,
    long maxOutputTokens,
    TokenPrice price,
    Optional<LongContextPrice> longContext) {
  public ModelPrice {
    requireNonNull(id, "id is null");
    aliases = List.copyOf(aliases);
    requireNonNull(platform, "platform is null");
    requireNonNull(ownedBy, "ownedBy is null");
    requireNonNull(created, "created is null");
    requirePositive("context_tokens", contextTokens);
    requirePositive("max_output_tokens", maxOutputTokens);
    requireNonNull(price, "price is null");
    requireNonNull(longContext, "longContext is null");
  }

  /** A model whose price does not depend on the length of its input. */
  public ModelPrice(
      String id,
      List<String> aliases,
      String platform,
      String ownedBy,
      Instant created,
      long contextTokens,
      long maxOutputTokens,
      TokenPrice price) {
    this(
        id,
        aliases,
        platform,
        ownedBy,
        created,
        contextTokens,
        maxOutputTokens,
        price,
        Optional.empty());
  }

  private static void requirePositive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: >= 1)");
    }
  }
}
