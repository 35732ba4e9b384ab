package io.tollgate.metering.internal.database.books;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsagePart;
import io.tollgate.contracts.UsageUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Usage in tables: totals of tokens, which have columns of their own, and a JSON object of kinds by
 * code. Where the totals stand beside it the object has further kinds only, those that they do not
 * tell; most requests have none.
 */
public final class UsageColumns {
  /** Kinds that no total tells, in their order. */
  static final List<UsageKind> FURTHER =
      UsageKind.all().stream().filter(kind -> !kind.isRemainder()).toList();

  private static final List<UsageKind> REMAINDERS =
      UsageKind.all().stream().filter(UsageKind::isRemainder).toList();

  // as PostgreSQL writes an object of counts
  private static final Pattern COUNT = Pattern.compile("\"([a-z0-9_]+)\": ?([0-9]{1,18})(?:, ?|$)");

  private UsageColumns() {}

  /** The further kinds; nothing when there is none of them. */
  public static Optional<String> further(TokenUsage usage) {
    StringBuilder json = null;
    for (UsageKind kind : FURTHER) {
      long count = usage.count(kind);
      if (count != 0) {
        json = json == null ? new StringBuilder("{") : json.append(',');
        append(json, kind, count);
      }
    }
    return json == null ? Optional.empty() : Optional.of(json.append('}').toString());
  }

  /** All kinds. */
  public static String whole(TokenUsage usage) {
    StringBuilder json = new StringBuilder("{");
    usage.forEach(
        (kind, count) -> append(json.length() == 1 ? json : json.append(','), kind, count));
    return json.append('}').toString();
  }

  static void append(StringBuilder json, UsageKind kind, long count) {
    json.append('"').append(kind.code()).append("\":").append(count);
  }

  /** A usage of which the row has all kinds. */
  public static TokenUsage read(String whole) {
    TokenUsage.Builder usage = TokenUsage.builder();
    add(usage, whole);
    return usage.build();
  }

  /**
   * A usage of which the row has the totals.
   *
   * @param further its further kinds, if there is one of them
   * @throws IllegalStateException when they do not fit the totals
   */
  public static TokenUsage read(
      long input,
      long cached,
      long cacheWrite,
      long output,
      long reasoning,
      @Nullable String further) {
    if (further == null) {
      return new TokenUsage(input, cached, cacheWrite, output, reasoning);
    }
    TokenUsage.Builder usage = TokenUsage.builder();
    add(usage, further);
    for (UsageKind rest : REMAINDERS) {
      long left =
          switch (rest.part()) {
            case INPUT -> input - cached - cacheWrite;
            case CACHE_READ -> cached;
            case CACHE_WRITE -> cacheWrite;
            case OUTPUT -> output - reasoning;
            case REASONING -> reasoning;
            case OTHER ->
                throw new IllegalStateException("no tokens are neither sent nor received");
          };
      usage.add(rest, left - tokens(usage, rest.part()));
    }
    return usage.build();
  }

  private static long tokens(TokenUsage.Builder usage, UsagePart part) {
    long sum = 0;
    for (UsageKind kind : FURTHER) {
      if (kind.part() == part && kind.unit() == UsageUnit.TOKEN) {
        sum += usage.count(kind);
      }
    }
    return sum;
  }

  private static void add(TokenUsage.Builder usage, String json) {
    String inside = json.strip();
    if (!inside.startsWith("{") || !inside.endsWith("}")) {
      throw unreadable(json);
    }
    inside = inside.substring(1, inside.length() - 1).strip();
    Matcher counts = COUNT.matcher(inside);
    int read = 0;
    while (read < inside.length()) {
      if (!counts.find(read) || counts.start() != read) {
        throw unreadable(json);
      }
      usage.add(
          UsageKind.byCode(counts.group(1)).orElseThrow(() -> unreadable(json)),
          Long.parseLong(counts.group(2)));
      read = counts.end();
    }
  }

  private static IllegalStateException unreadable(String json) {
    return new IllegalStateException(
        "kinds of usage in the books: "
            + json
            + " (expected: an object of counts by the code of a kind that this build knows)");
  }
}
