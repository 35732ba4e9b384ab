package io.tollgate.web.internal;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which headers say who asks, for what, or how the body is to be read: of two different values one
 * program would take the first and the next one the last. Confined to one request.
 */
final class DecidingHeaders {
  private static final List<String> NAMES =
      List.of(
          "authorization",
          "content-type",
          "content-encoding",
          "idempotency-key",
          "x-api-key",
          "x-goog-api-key",
          "x-service-token",
          "x-center-token",
          "x-app-key",
          "x-timestamp",
          "x-nonce",
          "x-sign",
          "x-sign-version",
          "x-tollgate-csrf",
          "x-pay-time",
          "x-pay-signature");

  /** First value of each that was there, at the place of its name. */
  private CharSequence @Nullable [] values;

  /** The name of a header that has been there before with another value; empty else. */
  Optional<String> again(CharSequence name, CharSequence value) {
    int place = place(name);
    if (place < 0) {
      return Optional.empty();
    }
    if (values == null) {
      values = new CharSequence[NAMES.size()];
    }
    CharSequence before = values[place];
    values[place] = value;
    return before == null || CharSequence.compare(before, value) == 0
        ? Optional.empty()
        : Optional.of(NAMES.get(place));
  }

  private static int place(CharSequence name) {
    for (int i = 0; i < NAMES.size(); i++) {
      if (HeaderName.is(name, NAMES.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
