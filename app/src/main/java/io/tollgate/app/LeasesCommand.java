package io.tollgate.app;

import io.tollgate.data.Database;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.LeaseAdmin;
import io.tollgate.metering.LeaseAdmin.AtRisk;
import io.tollgate.metering.LeaseAdmin.Held;
import io.tollgate.metering.Metering;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/** Lists the leases that processes hold, and gives up those of one that is gone for good. */
final class LeasesCommand {
  static final String YES = "--yes";
  static final String FORCE = "--force";
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final LeaseAdmin leases;
  private final Clock clock;
  private final PrintWriter out;

  private LeasesCommand(LeaseAdmin leases, Clock clock, PrintWriter out) {
    this.leases = leases;
    this.clock = clock;
    this.out = out;
  }

  static int run(Settings settings, ParseResult parsed, PrintWriter out) {
    List<String> words = parsed.matchedPositionalValue(0, List.<String>of());
    boolean yes = parsed.hasMatchedOption(YES);
    boolean force = parsed.hasMatchedOption(FORCE);
    if (!words.isEmpty() && (words.size() != 2 || !words.getFirst().equals("lost"))) {
      throw new SettingsException(
          "leases " + String.join(" ", words) + " (expected: nothing more, or lost INCARNATION)");
    }
    Optional<UUID> lost = words.stream().skip(1).map(LeasesCommand::incarnation).findFirst();
    return BooksDatabase.use(
        settings,
        Duration.ofMinutes(1),
        database -> {
          LeasesCommand command = of(database, out);
          return lost.map(id -> command.lost(id, yes, force)).orElseGet(command::list);
        });
  }

  private static LeasesCommand of(Database database, PrintWriter out) {
    Clock clock = Clock.systemUTC();
    return new LeasesCommand(
        Metering.leases(database.transactions(), Ledgers.create(clock, new SecureRandom()), clock),
        clock,
        out);
  }

  private static UUID incarnation(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "incarnation: " + text + " (expected: one that ./tollgate leases lists)");
    }
  }

  private int list() {
    List<Held> logs = leases.list();
    if (logs.isEmpty()) {
      out.println("Nobody holds leases.");
      return 0;
    }
    logs.stream().collect(Collectors.groupingBy(Held::incarnation)).values().stream()
        .sorted((a, b) -> a.getFirst().openedAt().compareTo(b.getFirst().openedAt()))
        .forEach(this::print);
    return 0;
  }

  private void print(List<Held> logs) {
    Held first = logs.getFirst();
    out.println(
        "incarnation "
            + first.incarnation()
            + " since "
            + seconds(first.openedAt())
            + ", heard of "
            + ago(heard(logs)));
    for (Held log : logs) {
      out.printf(
          "  shard %d  log %s  %-10s  settled to record %d (%s)  %d leases%s%n",
          log.shard(),
          log.log(),
          log.state(),
          log.position(),
          log.settledAt().map(this::ago).orElse("never"),
          log.accounts(),
          log.units().isEmpty() ? "" : " of " + amounts(log.units()));
    }
  }

  private int lost(UUID incarnation, boolean yes, boolean force) {
    List<Held> logs =
        leases.list().stream()
            .filter(log -> log.incarnation().equals(incarnation))
            .filter(log -> !log.state().equals("lost"))
            .toList();
    if (logs.isEmpty()) {
      throw new StartException(
          "incarnation "
              + incarnation
              + " has nothing to give up (expected: one that ./tollgate leases lists, and that was"
              + " not given up)");
    }
    print(logs);
    Instant heard = heard(logs);
    if (!force && Duration.between(heard, clock.instant()).compareTo(RECENT) < 0) {
      throw new StartException(
          "its process was heard of "
              + ago(heard)
              + "; stop it and wait a minute, or add "
              + FORCE
              + ": what it lets through from now on may be spent twice");
    }
    if (!yes) {
      throw new StartException(
          "nothing was given up; add "
              + YES
              + " to free what is listed here: what the process has let through and nobody finds"
              + " the log of is then lost. With its data directory, start it there instead");
    }
    Map<String, Long> held = new TreeMap<>();
    logs.forEach(log -> log.units().forEach((asset, units) -> held.merge(asset, units, Long::sum)));
    List<AtRisk> given = leases.lost(incarnation);
    given.forEach(
        one ->
            out.println(
                "  account "
                    + one.account()
                    + ": "
                    + one.units()
                    + " units at risk, log "
                    + one.log()));
    out.println(
        "Given up: "
            + given.size()
            + " leases"
            + (held.isEmpty() ? "" : " of " + amounts(held))
            + ". The audit shows them until the logs are settled.");
    return 0;
  }

  private static Instant heard(List<Held> logs) {
    return logs.stream().map(Held::heardAt).max(Instant::compareTo).orElse(Instant.EPOCH);
  }

  private String ago(Instant at) {
    Duration age = Duration.between(at, clock.instant());
    return (age.isNegative() ? 0 : age.toSeconds()) + " s ago";
  }

  private static Instant seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Free tokens and calls are counted one by one, money in nano units. */
  private static String amounts(Map<String, Long> units) {
    return new TreeMap<>(units)
        .entrySet().stream()
            .map(
                entry -> {
                  String code = entry.getKey();
                  boolean whole = code.equals(Asset.TOKEN.code()) || code.startsWith("CALL:");
                  Asset asset = whole ? new Asset(code, 0) : Asset.money(code);
                  return new Amount(asset, entry.getValue()).toDecimal().toPlainString()
                      + " "
                      + code;
                })
            .collect(Collectors.joining(", "));
  }
}
