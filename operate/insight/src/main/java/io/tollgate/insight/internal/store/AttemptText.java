package io.tollgate.insight.internal.store;

import io.tollgate.relay.gateway.LoggedAttempt;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls made for a request as one text: a line for each, its fields apart by tabs. Names of
 * models are the callers' and the operators': what would part them is left out.
 */
public final class AttemptText {
  private AttemptText() {}

  public static String write(List<LoggedAttempt> attempts) {
    StringBuilder text = new StringBuilder();
    for (LoggedAttempt each : attempts) {
      text.append(text.isEmpty() ? "" : "\n")
          .append(each.account())
          .append('\t')
          .append(each.startedMs())
          .append('\t')
          .append(each.durationMs())
          .append('\t')
          .append(plain(each.outcome()))
          .append('\t')
          .append(plain(each.model()));
    }
    return text.toString();
  }

  public static List<LoggedAttempt> read(String text) {
    List<LoggedAttempt> attempts = new ArrayList<>();
    for (String line : text.isEmpty() ? new String[0] : text.split("\n", -1)) {
      String[] fields = line.split("\t", 5);
      attempts.add(
          new LoggedAttempt(
              Long.parseLong(fields[0]),
              fields[4],
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              fields[3]));
    }
    return attempts;
  }

  private static String plain(String value) {
    return value.replace('\t', ' ').replace('\n', ' ');
  }
}
