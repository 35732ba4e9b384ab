package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How long sessions last.
 *
 * @param length of a session
 * @param token of one of its tokens, where it is refreshed
 * @param max sessions of one user that are open; the oldest ends where there is one more
 */
public record SessionTerms(Duration length, Duration token, int max) {
  static final Setting<Integer> LENGTH =
      Setting.number(
          "identity.user.session.days", 30, 1, 365, "Days after which a session of a user ends.");
  static final Setting<Integer> TOKEN =
      Setting.number(
          "identity.user.token.minutes",
          15,
          1,
          1_440,
          "Minutes for which a token of a user's session is good, where it is refreshed.");
  static final Setting<Integer> MAX =
      Setting.number(
          "identity.user.sessions.max",
          50,
          1,
          500,
          "Sessions that a user has open at most; with one more, the oldest ends.");

  public SessionTerms {
    requireNonNull(length, "length is null");
    requireNonNull(token, "token is null");
  }

  static List<Setting<?>> settings() {
    return List.of(LENGTH, TOKEN, MAX);
  }

  static SessionTerms from(Settings settings) {
    return new SessionTerms(
        Duration.ofDays(settings.get(LENGTH)),
        Duration.ofMinutes(settings.get(TOKEN)),
        settings.get(MAX));
  }
}
