package io.tollgate.identity.internal;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash with its parameters, written in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or kept in collections
record PasswordHash(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,4}),p=(\\d{1,4})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  static PasswordHash parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException("a stored password hash is not of the form " + TEXT);
    }
    Base64.Decoder decoder = Base64.getDecoder();
    return new PasswordHash(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        decoder.decode(matcher.group(4)),
        decoder.decode(matcher.group(5)));
  }

  String text() {
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            memoryKib, passes, lanes, encoder.encodeToString(salt), encoder.encodeToString(hash));
  }

  /** Without salt and hash. */
  @Override
  public String toString() {
    return "PasswordHash[memoryKib=" + memoryKib + ", passes=" + passes + "]";
  }
}
