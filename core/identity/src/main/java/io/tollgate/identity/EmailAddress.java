package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address to which mail can be sent: a dot-atom (RFC 5322, 3.2.3), an at sign and a host name,
 * in lower case; a name in other letters is in its ASCII form (RFC 5891). Two spellings of one
 * address are equal. Nothing in it can begin another header or another address.
 */
public record EmailAddress(String value) {
  private static final String EXPECTED =
      "name@host.domain, at most 254 characters, ASCII before the @";
  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final Pattern LOCAL =
      Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public EmailAddress {
    requireNonNull(value, "value is null");
    if (!isOne(value)) {
      throw GivenText.refused("email", value, EXPECTED);
    }
  }

  /**
   * Reads one as people write it.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} saying what was expected
   */
  public static EmailAddress parse(String given) {
    return find(given).orElseThrow(() -> GivenText.refused("email", given, EXPECTED));
  }

  /** The same; nothing when it is none. */
  public static Optional<EmailAddress> find(String given) {
    String comparable = comparable(given);
    return isOne(comparable) ? Optional.of(new EmailAddress(comparable)) : Optional.empty();
  }

  /** Whatever was given, in the form in which addresses are compared. */
  static String comparable(String given) {
    String text = given.strip();
    int at = text.lastIndexOf('@');
    if (at < 0 || text.length() > LONGEST) {
      return lowered(text);
    }
    return lowered(text.substring(0, at)) + "@" + ascii(text.substring(at + 1));
  }

  /** A to Z only: other letters that have one of these as their small one are another address. */
  private static String lowered(String text) {
    return text.chars().allMatch(c -> c < 128) ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static String ascii(String domain) {
    try {
      return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      // no name that could be written in ASCII: it is then no address
      return domain;
    }
  }

  private static boolean isOne(String text) {
    int at = text.lastIndexOf('@');
    return at > 0
        && at <= LONGEST_LOCAL
        && text.length() <= LONGEST
        && LOCAL.matcher(text.substring(0, at)).matches()
        && DOMAIN.matcher(text.substring(at + 1)).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
