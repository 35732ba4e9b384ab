package io.tollgate.identity.internal.signon;

import io.tollgate.ground.GivenText;
import io.tollgate.identity.SignOnProvider.Face;
import java.util.regex.Pattern;

/** Where a browser goes on after a sign-on: a page of ours, whatever was asked for. */
final class ReturnPath {
  private static final int LONGEST = 500;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_.~%?=&,:+-]*");

  private ReturnPath() {}

  /**
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST}
   */
  static String checked(Face face, String given) {
    String home = home(face);
    if (given.isEmpty()) {
      return home;
    }
    boolean below =
        given.equals(home) || given.startsWith(home + "/") || given.startsWith(home + "?");
    if (!below
        || given.length() > LONGEST
        || given.contains("..")
        || given.contains("//")
        || !PLAIN.matcher(given).matches()) {
      throw GivenText.refused("return_to", given, "a path below " + home);
    }
    return given;
  }

  private static String home(Face face) {
    return switch (face) {
      case USERS -> "/portal";
      case ADMINS -> "/console";
    };
  }
}
