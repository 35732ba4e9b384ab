package io.tollgate.identity.internal.passport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which passwords users may have: 10 to 200 characters, not the address or its name, not one
 * character or a run of neighbours, and none of the commonest. Nothing is said about kinds of
 * characters: length is what helps (NIST SP 800-63B, 3.1.1).
 */
public final class PasswordRules {
  private static final int LEAST = 10;
  private static final int MAX = 200;
  private static final String LIST = "common-passwords.txt";

  private final Set<String> commonest;

  public PasswordRules() {
    this.commonest = read();
  }

  /**
   * Refuses a password that is not good enough; it is not repeated.
   *
   * @param email of whoever will have it, empty where there is none
   */
  public void check(String password, String email) {
    int length = password.codePointCount(0, password.length());
    if (length < LEAST || password.length() > MAX) {
      throw refused(length + " characters", LEAST + " to " + MAX + " characters");
    }
    String lowered = password.toLowerCase(Locale.ROOT);
    if (!email.isEmpty()
        && (lowered.equals(email) || lowered.equals(email.substring(0, email.indexOf('@'))))) {
      throw refused("the address", "not the address or a part of it");
    }
    if (isMonotonous(lowered) || commonest.contains(lowered)) {
      throw refused("one of the commonest", "one that is hard to guess, such as four words");
    }
  }

  /** One character again and again, or each the neighbour of the one before. */
  private static boolean isMonotonous(String text) {
    int first = text.charAt(1) - text.charAt(0);
    if (Math.abs(first) > 1) {
      return false;
    }
    for (int i = 2; i < text.length(); i++) {
      if (text.charAt(i) - text.charAt(i - 1) != first) {
        return false;
      }
    }
    return true;
  }

  private static Set<String> read() {
    Set<String> words = new HashSet<>();
    try (InputStream list = PasswordRules.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException(LIST + " is missing from this build");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(list, UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          words.add(line.strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }

  private static Refusal refused(String given, String expected) {
    return new Refusal(
        ErrorCode.INVALID_REQUEST, "password: " + given + " (expected: " + expected + ")");
  }
}
