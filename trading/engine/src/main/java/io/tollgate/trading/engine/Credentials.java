package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * With which an exchange lets somebody trade: key, secret and, at some exchanges, a passphrase.
 * What is wrong with them is said without repeating any.
 */
public record Credentials(String apiKey, String apiSecret, Optional<String> passphrase) {
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
  private static final int SHORTEST_KEY = 8;
  private static final int LONGEST = 256;
  private static final int LONGEST_PASSPHRASE = 64;

  public Credentials {
    requireNonNull(apiKey, "apiKey is null");
    requireNonNull(apiSecret, "apiSecret is null");
    requireNonNull(passphrase, "passphrase is null");
    require("api_key", apiKey, SHORTEST_KEY, LONGEST, PRINTABLE.matcher(apiKey).matches());
    require("api_secret", apiSecret, SHORTEST_KEY, LONGEST, PRINTABLE.matcher(apiSecret).matches());
    passphrase.ifPresent(
        text ->
            require(
                "passphrase",
                text,
                1,
                LONGEST_PASSPHRASE,
                text.chars().noneMatch(Character::isISOControl)));
  }

  private static void require(String field, String given, int least, int most, boolean fits) {
    if (given.length() < least || given.length() > most || !fits) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          field
              + ": "
              + given.length()
              + " characters (expected: "
              + least
              + " to "
              + most
              + ", printable, without spaces in keys)");
    }
  }

  /** Without any of them. */
  @Override
  public String toString() {
    return "Credentials[****]";
  }
}
