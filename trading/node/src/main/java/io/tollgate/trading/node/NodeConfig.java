package io.tollgate.trading.node;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AddressBlock;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.web.CenterToken;
import io.tollgate.web.ServerTls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings of an execution node.
 *
 * @param port 0 lets the system choose a free one
 * @param token shared with the centre
 * @param allowed addresses that may call; empty: all
 * @param tls without it plain
 * @param heartbeat without it the centre hears nothing
 * @param concurrent tasks that are worked on at one time
 * @param journalMegabytes of the journal; beyond it no new task is taken, MiB
 * @param journalDays how long it is remembered how a task ended
 * @param live where exchanges are
 * @param test where they are for tasks of the sandbox
 */
public record NodeConfig(
    int port,
    CenterToken token,
    List<AddressBlock> allowed,
    Optional<ServerTls> tls,
    Optional<HeartbeatConfig> heartbeat,
    int concurrent,
    int journalMegabytes,
    int journalDays,
    ExchangeAddresses live,
    ExchangeAddresses test) {
  public static final Setting<Integer> PORT =
      Setting.port("node.port", 9_101, "Port of an execution node.");
  public static final Setting<String> ALLOWED =
      Setting.text(
          "node.allowed.ips",
          "",
          "Addresses and blocks (10.0.0.0/8), with commas, that may call a node; empty: all.");
  public static final Setting<String> TLS_CERTIFICATE =
      Setting.optionalText(
          "node.tls.certificate", "Certificate of a node, PEM; with it, it is served over TLS.");
  public static final Setting<String> TLS_KEY =
      Setting.optionalText("node.tls.key", "Key of that certificate, PEM (PKCS #8).");
  public static final Setting<String> TLS_CALLERS =
      Setting.optionalText(
          "node.tls.callers",
          "Certificates, PEM, that vouch for callers of a node: without one no connection is"
              + " made.");
  public static final Setting<String> CENTER =
      Setting.optionalText(
          "node.center.url", "Address of the centre, to which a node sends heartbeats.");
  public static final Setting<String> CENTER_AUTHORITIES =
      Setting.optionalText(
          "node.center.certificates",
          "Certificates, PEM, that vouch for the centre; without it those of the runtime.");
  public static final Setting<String> CODE =
      Setting.optionalText("node.code", "Name of a node in the centre's list of nodes.");
  public static final Setting<Integer> INTERVAL =
      Setting.number(
          "node.heartbeat.interval", 60, 1, 3_600, "Time between heartbeats of a node, s.");
  public static final Setting<Integer> CONCURRENT =
      Setting.number(
          "node.tasks.concurrent", 64, 1, 10_000, "Tasks that a node works on at one time.");
  public static final Setting<Integer> JOURNAL_MEGABYTES =
      Setting.number(
          "node.journal.megabytes",
          64,
          1,
          1_024,
          "Size of a node's journal, MiB; full, it takes no" + " new task.");
  public static final Setting<Integer> JOURNAL_DAYS =
      Setting.number(
          "node.journal.days", 7, 1, 365, "Days that a node remembers how a task ended.");

  private static final Pattern CODE_FORM = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  public NodeConfig {
    requireNonNull(token, "token is null");
    allowed = List.copyOf(allowed);
    requireNonNull(tls, "tls is null");
    requireNonNull(heartbeat, "heartbeat is null");
    requireNonNull(live, "live is null");
    requireNonNull(test, "test is null");
  }

  /** What can be set, but for the token and the exchanges' addresses. */
  public static List<Setting<?>> settings() {
    return List.of(
        PORT,
        ALLOWED,
        TLS_CERTIFICATE,
        TLS_KEY,
        TLS_CALLERS,
        CENTER,
        CENTER_AUTHORITIES,
        CODE,
        INTERVAL,
        CONCURRENT,
        JOURNAL_MEGABYTES,
        JOURNAL_DAYS);
  }

  /**
   * As set.
   *
   * @param loopback whether the servers listen on a loopback address
   * @throws SettingsException when a node that must not be open to everybody would be, or settings
   *     do not go together
   */
  public static NodeConfig from(Settings settings, boolean loopback) {
    return new NodeConfig(
        settings.get(PORT),
        CenterToken.required(settings, loopback),
        blocks(settings.get(ALLOWED)),
        tls(settings),
        heartbeat(settings),
        settings.get(CONCURRENT),
        settings.get(JOURNAL_MEGABYTES),
        settings.get(JOURNAL_DAYS),
        ExchangeAddresses.from(settings),
        ExchangeAddresses.ofTests(settings));
  }

  private static List<AddressBlock> blocks(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    try {
      return Arrays.stream(text.split(",", -1))
          .map(part -> AddressBlock.parse(part.strip()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "node.allowed.ips: " + text + " (expected: " + e.getMessage() + ")");
    }
  }

  private static Optional<ServerTls> tls(Settings settings) {
    Optional<Path> certificate = settings.find(TLS_CERTIFICATE).map(Path::of);
    Optional<Path> key = settings.find(TLS_KEY).map(Path::of);
    Optional<Path> callers = settings.find(TLS_CALLERS).map(Path::of);
    if (certificate.isPresent() != key.isPresent() || (callers.isPresent() && key.isEmpty())) {
      throw new SettingsException(
          "node.tls.certificate, node.tls.key and node.tls.callers do not go together (expected:"
              + " certificate and key, or none of them; callers only with these)");
    }
    return certificate.flatMap(chain -> key.map(own -> new ServerTls(chain, own, callers)));
  }

  private static Optional<HeartbeatConfig> heartbeat(Settings settings) {
    Optional<String> center = settings.find(CENTER);
    Optional<String> code = settings.find(CODE);
    if (center.isPresent() != code.isPresent()) {
      throw new SettingsException(
          "node.center.url and node.code do not go together (expected: both, or neither for a node"
              + " without heartbeats)");
    }
    return center.flatMap(
        url ->
            code.map(
                name ->
                    new HeartbeatConfig(
                        url(url),
                        requireCode(name),
                        Duration.ofSeconds(settings.get(INTERVAL)),
                        settings.find(CENTER_AUTHORITIES).map(Path::of))));
  }

  private static String requireCode(String code) {
    if (!CODE_FORM.matcher(code).matches()) {
      throw new SettingsException(
          "node.code: " + code + " (expected: 1 to 64 of letters, digits, _, . and -)");
    }
    return code;
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below, as for what is no address of a server
    }
    throw new SettingsException(
        "node.center.url: " + text + " (expected: an address such as https://center.example.com)");
  }
}
