package io.tollgate.relay.protocols.usage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One usage report as an upstream sent it: numbers, not yet believed. Filled by the reader of a
 * protocol, read by {@link ReportReading}. Used again for the next report, so that an upstream that
 * reports with every chunk costs no memory. Confined to one thread.
 */
public final class UsageReport {
  private static final long ABSENT = -1;
  private static final int COUNTS = ReportedCount.values().length;

  private final long[] counts = new long[COUNTS];
  private @Nullable ReportedCount odd;
  private @Nullable Map<UsageKind, Long> calls;
  private long deliveredBytes;

  public UsageReport() {
    clear();
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(counts, ABSENT);
    odd = null;
    calls = null;
    deliveredBytes = 0;
  }

  /**
   * Sets a number. Makers put some of them in several places, and leave 0 where they do not use
   * one: of several, the greatest counts.
   *
   * @param count 0 to {@link TokenUsage#MAX_TOKENS}; anything else is {@linkplain #odd odd}
   */
  public void set(ReportedCount what, long count) {
    if (count < 0 || count > TokenUsage.MAX_TOKENS) {
      odd(what);
    } else {
      counts[what.ordinal()] = Math.max(counts[what.ordinal()], count);
    }
  }

  /** Something that is no whole number from 0 to {@link TokenUsage#MAX_TOKENS} stands there. */
  public void odd(ReportedCount what) {
    if (odd == null) {
      odd = what;
    }
  }

  /**
   * Sets how many calls of one of the provider's own tools it tells of.
   *
   * @param count what is no count is negative; it says nothing against the rest of the report
   */
  public void calls(UsageKind tool, long count) {
    Map<UsageKind, Long> told = calls;
    if (told == null) {
      told = new EnumMap<>(UsageKind.class);
      calls = told;
    }
    told.merge(tool, count, Math::max);
  }

  /** Calls of the provider's own tools, by kind, where it tells of any. */
  @Nullable Map<UsageKind, Long> calls() {
    return calls;
  }

  /** What was odd, if anything was; the first of several. */
  Optional<ReportedCount> odd() {
    return Optional.ofNullable(odd);
  }

  /** Whether it says how much was used, or at least tries to. */
  public boolean isReport() {
    return has(ReportedCount.INPUT) || has(ReportedCount.OUTPUT) || odd != null;
  }

  /** Whether the number was given. */
  public boolean has(ReportedCount what) {
    return counts[what.ordinal()] != ABSENT;
  }

  /** The number; 0 where it was not given. */
  long get(ReportedCount what) {
    return Math.max(0, counts[what.ordinal()]);
  }

  /** How many bytes of text had been delivered by the end of the event that held this report. */
  public void deliveredBytes(long bytes) {
    deliveredBytes = bytes;
  }

  long deliveredBytes() {
    return deliveredBytes;
  }
}
