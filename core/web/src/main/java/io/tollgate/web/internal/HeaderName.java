package io.tollgate.web.internal;

/** Comparing names of headers, and words among their values, without regard to case. */
final class HeaderName {
  private HeaderName() {}

  /** Whether it is this one, which is in lower case. */
  static boolean is(CharSequence given, String lowerCase) {
    if (given.length() != lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      char c = given.charAt(i);
      if ((c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
