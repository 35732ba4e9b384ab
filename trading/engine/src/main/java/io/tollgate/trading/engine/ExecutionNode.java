package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A process near an exchange that trades for accounts.
 *
 * @param lastHeartbeatAt when it was last heard of; none before it was for the first time
 * @param accounts that are bound and assigned to it
 */
public record ExecutionNode(
    long id, Sheet sheet, Optional<Instant> lastHeartbeatAt, long accounts, Instant createdAt) {
  /** How long a heartbeat is believed. */
  private static final Duration HEARD = Duration.ofSeconds(180);

  public ExecutionNode {
    requireNonNull(sheet, "sheet is null");
    requireNonNull(lastHeartbeatAt, "lastHeartbeatAt is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  /** Whether its last heartbeat is younger than 180 seconds. */
  public boolean isOnline(Instant now) {
    return lastHeartbeatAt.filter(at -> at.isAfter(heardSince(now))).isPresent();
  }

  /** After which a node must have been heard of to be online. */
  public static Instant heardSince(Instant now) {
    return now.minus(HEARD);
  }

  /**
   * What is set of a node.
   *
   * @param code by which it names itself in heartbeats: 1 to 64 of letters, digits, {@code _.-}
   * @param name for people, 1 to 100 characters
   * @param baseUrl scheme, host and port
   * @param active whether accounts are traded on by it
   */
  public record Sheet(String code, String name, String baseUrl, boolean active) {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_URL = 200;
    private static final String URL_EXPECTED =
        "the address of a server such as https://node.example.com:9101, without a path";

    public Sheet {
      if (!CODE.matcher(code).matches()) {
        throw GivenText.refused("node_code", code, "1 to 64 of letters, digits, _, . and -");
      }
      if (name.isBlank() || name.length() > LONGEST_NAME) {
        throw GivenText.refused("name", name, "1 to " + LONGEST_NAME + " characters");
      }
      baseUrl = server(baseUrl);
    }

    private static String server(String text) {
      try {
        URI url = URI.create(text);
        boolean bare =
            Set.of("", "/").contains(String.valueOf(url.getRawPath()))
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.getRawUserInfo() == null;
        if (text.length() <= LONGEST_URL
            && bare
            && url.getHost() != null
            && Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
          return url.getScheme() + "://" + url.getRawAuthority();
        }
      } catch (IllegalArgumentException e) {
        throw GivenText.refused("base_url", text, URL_EXPECTED);
      }
      throw GivenText.refused("base_url", text, URL_EXPECTED);
    }
  }
}
