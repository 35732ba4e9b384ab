package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A row of the price list: a model, its limits and its list price.
 *
 * @param id as callers name it
 * @param aliases other names of the same model, e.g. dated ones
 * @param platform protocol family of its upstream: {@code openai}, {@code anthropic}, {@code
 *     gemini}
 * @param ownedBy who makes it, as model lists show
 * @param created when it came out
 * @param contextTokens input and output tokens it takes in all; at least 1
 * @param maxOutputTokens most output tokens of one answer; at least 1
 */
public record ModelPrice(
    String id,
    List<String> aliases,
    String platform,
    String ownedBy,
    Instant created,
    long contextTokens,
    long maxOutputTokens,
    TokenPrice price) {
  public ModelPrice {
    requireNonNull(id, "id is null");
    aliases = List.copyOf(aliases);
    requireNonNull(platform, "platform is null");
    requireNonNull(ownedBy, "ownedBy is null");
    requireNonNull(created, "created is null");
    requirePositive("context_tokens", contextTokens);
    requirePositive("max_output_tokens", maxOutputTokens);
    requireNonNull(price, "price is null");
  }

  private static void requirePositive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: >= 1)");
    }
  }
}
