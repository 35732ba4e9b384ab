package io.tollgate.identity;

import java.util.Locale;
import java.util.Optional;

/** A language in which mails are written. */
public enum MailLanguage {
  EN,
  ZH;

  /** As it is stored and spoken of: {@code en} or {@code zh}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** That of a code. */
  public static Optional<MailLanguage> find(String code) {
    for (MailLanguage language : values()) {
      if (language.code().equals(code)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  /** The first one that we write of those that a browser says (RFC 9110, 12.5.4); else English. */
  public static MailLanguage accepted(String header) {
    for (String range : header.split(",", 20)) {
      String tag = range.strip().toLowerCase(Locale.ROOT);
      for (MailLanguage language : values()) {
        if (tag.startsWith(language.code())) {
          return language;
        }
      }
    }
    return EN;
  }
}
