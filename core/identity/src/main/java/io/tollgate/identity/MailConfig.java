package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the mails that are sent.
 *
 * @param host of the server that takes them (SMTP); empty: no mail is sent
 * @param security how the connection to it is kept private
 * @param user who logs in there, where it wants that
 * @param from the sender's address
 * @param timeout for the connection, and for each answer
 * @param interval between looks at what is to be sent
 * @param caFile certificates that the server's must come from; empty: those that Java knows
 * @param triesMax tries of one mail before it is given up
 */
public record MailConfig(
    Optional<String> host,
    int port,
    Security security,
    Optional<String> user,
    Optional<String> password,
    EmailAddress from,
    Duration timeout,
    Duration interval,
    Optional<Path> caFile,
    int triesMax) {
  static final Setting<String> HOST =
      Setting.optionalText(
          "mail.smtp.host", "Server that takes mails (SMTP); without it no mail is sent.");
  static final Setting<Integer> PORT = Setting.port("mail.smtp.port", 587, "Its port.");
  static final Setting<Security> SECURITY =
      Setting.choice(
          "mail.smtp.security",
          Security.STARTTLS,
          "How the connection to it is kept private: starttls, tls, or none.");
  static final Setting<String> CA_FILE =
      Setting.optionalText(
          "mail.smtp.ca.file",
          "File of certificates (PEM) that the mail server's must come from; without it those that"
              + " Java knows.");
  static final Setting<String> USER =
      Setting.optionalText("mail.smtp.user", "Who logs in there; without it nobody does.");
  static final Setting<String> PASSWORD =
      Setting.secret("mail.smtp.password", "The password of mail.smtp.user.");
  static final Setting<EmailAddress> FROM =
      new Setting<>(
          "mail.from",
          "Sender's address of mails.",
          "no-reply@tollgate.invalid",
          text ->
              EmailAddress.find(text)
                  .orElseThrow(() -> new IllegalArgumentException("an address, name@host.domain")),
          false);
  static final Setting<Integer> TIMEOUT =
      Setting.number(
          "mail.timeout.ms",
          10_000,
          100,
          120_000,
          "Time for the connection to the mail server, and for each of its answers, ms.");
  static final Setting<Integer> INTERVAL =
      Setting.number(
          "mail.interval.ms", 1_000, 50, 60_000, "Time between looks at what is to be sent, ms.");
  static final Setting<Integer> TRIES_MAX =
      Setting.number(
          "mail.tries.max",
          10,
          1,
          100,
          "Tries of one mail before it is given up; each waits twice as long as the one before,"
              + " from 15 seconds to an hour.");

  /** How a connection is kept private. */
  public enum Security {
    /** Begins in the open, and goes on only in private. */
    STARTTLS,
    TLS,
    NONE
  }

  public MailConfig {
    requireNonNull(host, "host is null");
    requireNonNull(security, "security is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    requireNonNull(from, "from is null");
    requireNonNull(timeout, "timeout is null");
    requireNonNull(interval, "interval is null");
    requireNonNull(caFile, "caFile is null");
  }

  /** Every setting of mails. */
  public static List<Setting<?>> settings() {
    return List.of(
        HOST, PORT, SECURITY, CA_FILE, USER, PASSWORD, FROM, TIMEOUT, INTERVAL, TRIES_MAX);
  }

  /**
   * Reads them.
   *
   * @throws io.tollgate.ground.config.SettingsException when a value does not parse
   */
  public static MailConfig from(Settings settings) {
    return new MailConfig(
        settings.find(HOST).filter(host -> !host.isBlank()),
        settings.get(PORT),
        settings.get(SECURITY),
        settings.find(USER).filter(user -> !user.isBlank()),
        settings.find(PASSWORD),
        settings.get(FROM),
        Duration.ofMillis(settings.get(TIMEOUT)),
        Duration.ofMillis(settings.get(INTERVAL)),
        settings.find(CA_FILE).filter(file -> !file.isBlank()).map(Path::of),
        settings.get(TRIES_MAX));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "MailConfig[host=" + host.orElse("") + ", port=" + port + "]";
  }
}
