package io.tollgate.trading.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.trading.engine.Credentials;
import java.util.List;
import java.util.Optional;

/** Credentials as they are sealed: key, secret and passphrase, a line each. */
final class SealedForm {
  private static final int LINES = 3;

  private SealedForm() {}

  static byte[] write(Credentials credentials) {
    // none of them has a line break: they are checked when they are made
    return String.join(
            "\n",
            credentials.apiKey(),
            credentials.apiSecret(),
            credentials.passphrase().orElse(""))
        .getBytes(UTF_8);
  }

  static Credentials read(byte[] plain) {
    List<String> lines = List.of(new String(plain, UTF_8).split("\n", -1));
    if (lines.size() != LINES) {
      throw new IllegalStateException(
          "sealed credentials have " + lines.size() + " lines (expected: " + LINES + ")");
    }
    return new Credentials(
        lines.getFirst(),
        lines.get(1),
        Optional.of(lines.getLast()).filter(text -> !text.isEmpty()));
  }
}
