package io.tollgate.identity.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what a user may be called. */
final class UserChecks {
  private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  // they stand where a user's id stands in paths of the billing interface
  private static final Set<String> RESERVED =
      Set.of("usage", "today", "month", "summary", "account");
  // printable ASCII: lower case is then the same here and in the database
  private static final Pattern EMAIL = Pattern.compile("[!-?A-~]+@[!-?A-~]+");
  private static final int LONGEST_EMAIL = 254;

  private UserChecks() {}

  static boolean isExternalId(String text) {
    return EXTERNAL_ID.matcher(text).matches() && !RESERVED.contains(text);
  }

  static String externalId(String given) {
    if (!EXTERNAL_ID.matcher(given).matches()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "user_id: " + GivenText.shown(given) + " (expected: 1 to 64 of A-Z a-z 0-9 _ -)");
    }
    if (RESERVED.contains(given)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "user_id: " + given + " (expected: none of the reserved words " + words() + ")");
    }
    return given;
  }

  static boolean isEmail(String text) {
    return text.length() <= LONGEST_EMAIL && EMAIL.matcher(text).matches();
  }

  /** The address in the form in which it is stored and compared. */
  static String email(String given) {
    if (!isEmail(given)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "email: "
              + GivenText.shown(given)
              + " (expected: name@domain in ASCII, at most "
              + LONGEST_EMAIL
              + " characters)");
    }
    return given.toLowerCase(Locale.ROOT);
  }

  private static String words() {
    return String.join(", ", RESERVED.stream().sorted().toList());
  }
}
