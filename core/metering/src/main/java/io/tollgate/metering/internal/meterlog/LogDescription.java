package io.tollgate.metering.internal.meterlog;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** A meter log in words: one line for each record, and how it ends. */
public final class LogDescription {
  private LogDescription() {}

  /** Prints a segment or a directory of segments; answers whether it can be used as it is. */
  public static boolean print(Path path, PrintWriter out) throws IOException {
    LogScan scan = LogReader.of(LogFiles.at(path)).scan(found -> out.println(line(found)));
    scan.identity()
        .ifPresent(
            id ->
                out.println(
                    "log "
                        + id.log()
                        + ", ledger "
                        + id.ledger()
                        + ", incarnation "
                        + id.incarnation()
                        + ", boot "
                        + id.boot()
                        + ", shard "
                        + id.shard()));
    out.println(scan.records() + " records after " + scan.start() + " up to " + scan.last() + ".");
    if (scan.end() instanceof LogEnd.Hole hole) {
      out.println("After the hole:");
      hole.rest().forEach(found -> out.println(line(found)));
    }
    out.println(scan.end().explain() + ".");
    out.flush();
    return scan.end().harmless();
  }

  private static String line(LogScan.Found found) {
    LogRecord record = found.record();
    return "%10d %s @%d %s %s"
        .formatted(
            found.position().sequence(),
            record.at(),
            found.place().offset(),
            found.place().segment(),
            words(record));
  }

  private static String words(LogRecord record) {
    return switch (record) {
      case LogRecord.Intent intent ->
          "intent   "
              + intent.charge()
              + " tenant "
              + intent.tenant().value()
              + " user "
              + intent.user().value()
              + " key "
              + intent.apiKey().value()
              + " "
              + intent.protocol().code()
              + " "
              + intent.model()
              + (intent.stream() ? " stream" : "")
              + " price "
              + intent.priceVersion()
              + " estimate "
              + words(intent.estimate())
              + words(intent.legs());
      case LogRecord.Progress progress ->
          "progress " + progress.charge() + " " + words(progress.usage());
      case LogRecord.Result result ->
          "result   "
              + result.charge()
              + " "
              + words(result.usage())
              + (result.reported() ? " reported" : " counted")
              + " price "
              + result.price()
              + " uncovered "
              + result.uncovered()
              + result.priceVersion().map(version -> " at " + version).orElse("")
              + " status "
              + result.httpStatus()
              + result.errorCode().map(code -> " " + code).orElse("")
              + words(result.legs());
      case LogRecord.Close _ -> "close";
    };
  }

  private static String words(TokenUsage usage) {
    StringJoiner words = new StringJoiner(" ", "used (", ")");
    usage.forEach((kind, count) -> words.add(kind.code() + " " + count));
    return words.toString();
  }

  private static String words(List<Leg> legs) {
    return legs.stream()
        .map(leg -> leg.kind().name().charAt(0) + ":" + leg.account() + "=" + leg.units())
        .collect(Collectors.joining(" ", " legs [", "]"));
  }
}
