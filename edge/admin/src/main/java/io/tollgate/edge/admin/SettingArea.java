package io.tollgate.edge.admin;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** To which part of an installation a setting belongs, as people look for it. */
enum SettingArea {
  CHANNELS("payments.", "recharge."),
  MAIL("mail."),
  SIGN_ON("sign.", "identity.", "admin.log.refused"),
  RETENTION(),
  FEATURES("demo", "usage", "prices.file", "billing.", "account.cost."),
  RELAY("relay.", "upstream.", "metering.", "durability"),
  INTERFACES("http.", "cors.", "grpc.", "sync.", "portal.", "public.", "console.", "sandbox."),
  STORES("postgres.", "redis.", "nats.", "clickhouse.", "events.", "insight."),
  OBSERVABILITY("log.", "otlp.", "traces."),
  PROCESS();

  /** How long something is kept is asked for together, whatever keeps it. */
  private static final Set<String> KEPT =
      Set.of(
          "insight.days",
          "admin.log.keep.days",
          "metering.log.keep.hours",
          "events.kept.hours",
          "nats.kept.hours",
          "relay.kept.files.days",
          "relay.kept.responses.days",
          "log.days");

  private final List<String> prefixes;

  SettingArea(String... prefixes) {
    this.prefixes = List.of(prefixes);
  }

  static SettingArea of(String setting) {
    if (KEPT.contains(setting)) {
      return RETENTION;
    }
    for (SettingArea area : values()) {
      if (area.prefixes.stream().anyMatch(setting::startsWith)) {
        return area;
      }
    }
    return PROCESS;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
