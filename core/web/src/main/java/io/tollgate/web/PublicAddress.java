package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.net.URI;
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

  private final Optional<String> configured;
  private volatile String listening = "http://127.0.0.1";

  private PublicAddress(Optional<String> configured) {
    this.configured = requireNonNull(configured, "configured is null");
  }

  public static PublicAddress from(Settings settings) {
    return new PublicAddress(settings.find(URL));
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
