package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Under which address the world reaches this installation: for links in mails, for payment
 * channels. The configured one; without that the port of this process's public server, on this
 * machine. Safe for use by many threads.
 */
public final class PublicAddress {
  /** The setting; without it only this machine is reached. */
  public static final Setting<String> URL =
      new Setting<>(
          "public.url",
          "Address under which the world reaches this installation, as https://pay.example.com;"
              + " without it the public port on 127.0.0.1.",
          null,
          PublicAddress::parse,
          false);

  /** Whether passwords may be shown to everybody on the way. */
  public static final Setting<Boolean> PLAIN_SIGN_IN =
      Setting.flag(
          "sign.in.plain.http",
          false,
          "Whether people may sign in over plain HTTP from other machines with env production;"
              + " everybody on the way sees password and session.");

  private final Optional<String> configured;
  private final boolean guarded;
  private volatile String listening = "http://127.0.0.1";

  private PublicAddress(Optional<String> configured, boolean guarded) {
    this.configured = requireNonNull(configured, "configured is null");
    this.guarded = guarded;
  }

  /**
   * As the settings say.
   *
   * @param production whether it is an installation that people work with
   */
  public static PublicAddress from(Settings settings, boolean production) {
    return new PublicAddress(settings.find(URL), production && !settings.get(PLAIN_SIGN_IN));
  }

  public static List<Setting<?>> settings() {
    return List.of(URL, PLAIN_SIGN_IN);
  }

  /** Whether browsers are to keep sessions for TLS only. */
  public boolean secure() {
    return guarded || url().startsWith("https:");
  }

  /** Whether nobody signs in over plain HTTP from another machine. */
  public boolean refusesPlainSignIn() {
    return guarded;
  }

  /** The public server listens now. */
  public void listening(int port) {
    listening = "http://127.0.0.1:" + port;
  }

  /** The address, without a slash at the end. */
  public String url() {
    return configured.orElse(listening);
  }

  private static String parse(String text) {
    URI address = URI.create(text);
    boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!web || address.getHost() == null || address.getQuery() != null) {
      throw new IllegalArgumentException("http or https, a host, and no query");
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
