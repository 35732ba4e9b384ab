package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.UserId;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** What users choose for how things are shown to them. Runs in the caller's transaction. */
public interface UserChoices {
  Chosen of(Transaction transaction, UserId user);

  void set(Transaction transaction, UserId user, Chosen chosen);

  /**
   * What a user has chosen; empty where nothing was.
   *
   * @param language of mails and pages
   * @param zone in which times are shown
   */
  record Chosen(Optional<MailLanguage> language, Optional<Theme> theme, Optional<ZoneId> zone) {
    public Chosen {
      requireNonNull(language, "language is null");
      requireNonNull(theme, "theme is null");
      requireNonNull(zone, "zone is null");
    }
  }

  /** Whether pages are light or dark. */
  enum Theme {
    SYSTEM,
    LIGHT,
    DARK;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Theme> find(String code) {
      for (Theme theme : values()) {
        if (theme.code().equals(code)) {
          return Optional.of(theme);
        }
      }
      return Optional.empty();
    }
  }
}
