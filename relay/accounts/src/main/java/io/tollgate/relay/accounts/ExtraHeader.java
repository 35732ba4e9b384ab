package io.tollgate.relay.accounts;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A header that every call to an account carries, in place of ours of that name. Its text form
 * leaves the value out.
 *
 * @param name in lower case
 * @param value 1 to 4096 printable ASCII characters
 * @param secret whether the value is not shown again
 */
public record ExtraHeader(String name, String value, boolean secret) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final int MAX_CHARACTERS = 4096;

  /** What belongs to the connection or to the body, and is ours to say. */
  private static final Set<String> OURS =
      Set.of(
          "host",
          "connection",
          "keep-alive",
          "content-length",
          "content-encoding",
          "transfer-encoding",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "accept-encoding",
          "proxy-authorization",
          "proxy-connection");

  public ExtraHeader {
    name = name.strip().toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches() || OURS.contains(name)) {
      throw GivenText.refused(
          "headers", name, "the name of a header that does not belong to the connection or body");
    }
    if (value.isBlank()
        || value.length() > MAX_CHARACTERS
        || !value.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "headers: value of "
              + name
              + " (expected: 1 to "
              + MAX_CHARACTERS
              + " printable ASCII characters)");
    }
  }

  @Override
  public String toString() {
    return "ExtraHeader[" + name + "]";
  }
}
