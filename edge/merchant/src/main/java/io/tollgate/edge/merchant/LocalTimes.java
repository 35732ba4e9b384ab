package io.tollgate.edge.merchant;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Numerals;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** Times as this interface writes them: {@code YYYY-MM-DD HH:mm:ss} in the tenant's zone. */
record LocalTimes(ZoneId zone) {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final Sentence EXPECTED =
      new Sentence("YYYY-MM-DD HH:mm:ss 或 Unix 秒", "YYYY-MM-DD HH:mm:ss, or Unix seconds");
  private static final long LAST_SECOND = 253_402_214_400L;
  private static final int LONGEST = 30;

  LocalTimes {
    requireNonNull(zone, "zone is null");
  }

  String written(Instant time) {
    return FORM.format(time.atZone(zone));
  }

  /** Reads a time, which may also be written as Unix seconds. */
  Optional<Instant> read(Parameters parameters, String name) {
    return parameters.text(name, LONGEST, EXPECTED).map(text -> parse(name, text));
  }

  private Instant parse(String name, String text) {
    try {
      Instant time =
          text.chars().allMatch(c -> c >= '0' && c <= '9')
              ? Instant.ofEpochSecond(Numerals.wholeNumber(text))
              : LocalDateTime.parse(text, FORM).atZone(zone).toInstant();
      if (time.getEpochSecond() >= 0 && time.getEpochSecond() <= LAST_SECOND) {
        return time;
      }
    } catch (NumberFormatException | DateTimeException _) {
      throw MerchantFault.invalid(Sentence.wrong(name, text, EXPECTED));
    }
    throw MerchantFault.invalid(Sentence.wrong(name, text, EXPECTED));
  }
}
