package io.tollgate.relay.accounts;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;

/**
 * One of an account's API keys. Its text form leaves the secret out.
 *
 * @param id its number; 0 for one that is not stored yet
 * @param secret as the provider gave it, in clear: 1 to 4096 printable ASCII characters
 */
public record AccountKey(long id, String secret) {
  private static final int MAX_CHARACTERS = 4096;
  private static final int SHOWN = 4;

  public AccountKey {
    if (secret.isEmpty()
        || secret.length() > MAX_CHARACTERS
        || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "key: "
              + (secret.isBlank() ? "blank" : "(secret)")
              + " (expected: the provider's API key, printable ASCII without spaces)");
    }
  }

  /** One that is not stored yet. */
  public static AccountKey fresh(String secret) {
    return new AccountKey(0, secret);
  }

  /** The end of it, by which its owner knows it again; nothing of a short one. */
  public String masked() {
    return secret.length() < 4 * SHOWN
        ? "****"
        : "****" + GivenText.shown(secret.substring(secret.length() - SHOWN));
  }

  @Override
  public String toString() {
    return "AccountKey[" + id + "]";
  }
}
