package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.content.Seeds;

/**
 * Whose things are whose: what was made with one key is not there for another.
 *
 * @param mark stands for the key without telling it
 */
public record Owner(String mark) {
  /** Who asks, by the key of the request. */
  public static Owner of(Asked asked) {
    return new Owner(
        Long.toHexString(Seeds.with(1, asked.header("Authorization").orElse("").strip())));
  }
}
