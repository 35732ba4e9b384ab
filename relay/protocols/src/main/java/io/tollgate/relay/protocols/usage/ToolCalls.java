package io.tollgate.relay.protocols.usage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Calls of the provider's own tools in one answer, by kind: those that passed, and those that its
 * reports tell of. Confined to one thread.
 */
public final class ToolCalls {
  private static final long ODD = -1;

  private final Map<UsageKind, Long> passed = new EnumMap<>(UsageKind.class);
  // the last report of each kind, until another call passes
  private final Map<UsageKind, Long> reported = new EnumMap<>(UsageKind.class);
  private final Map<UsageKind, Long> presumed = new EnumMap<>(UsageKind.class);

  /** So many calls more have passed; less where one turned out not to be billed. */
  public void passed(UsageKind kind, long more) {
    passed.merge(kind, more, Long::sum);
    if (more > 0) {
      reported.remove(kind);
    }
  }

  /** So many calls have passed by now. */
  public void passedInAll(UsageKind kind, long calls) {
    passed(kind, calls - passed.getOrDefault(kind, 0L));
  }

  /** The answer cannot have been made without a call, whether or not it says so. */
  public void presumed(UsageKind kind) {
    presumed.put(kind, 1L);
  }

  /**
   * A report tells of so many calls.
   *
   * @param calls anything negative is no count
   */
  void reported(UsageKind kind, long calls) {
    reported.put(kind, calls < 0 ? ODD : calls);
  }

  /** What is charged with the calls in it. */
  ChargedUsage addedTo(ChargedUsage charged, UsageBounds bounds) {
    TokenUsage.Builder usage = TokenUsage.builder();
    charged.usage().forEach(usage::add);
    Optional<ReportDisbelief> why = charged.disbelief();
    long left = TokenUsage.MAX_OTHER_UNITS - charged.usage().otherUnits();
    for (UsageKind kind : UsageKind.all()) {
      long seen = Math.max(passed.getOrDefault(kind, 0L), presumed.getOrDefault(kind, 0L));
      long own = Math.min(seen, bounds.maxToolCalls());
      // without a report, what passed is what there is to say
      long said = reported.getOrDefault(kind, seen);
      boolean believed = said != ODD && said <= bounds.maxToolCalls();
      if (!believed && why.isEmpty()) {
        why = Optional.of(disbelief(kind, said, bounds));
      }
      long calls = Math.min(left, believed ? said : own);
      usage.add(kind, calls);
      left -= calls;
    }
    return new ChargedUsage(usage.build(), charged.reported(), why);
  }

  private static ReportDisbelief disbelief(UsageKind kind, long given, UsageBounds bounds) {
    return new ReportDisbelief(
        UsageRule.TOOLS_AS_ALLOWED,
        kind.code()
            + ": "
            + (given == ODD ? "no whole number" : given)
            + " (expected: 0 to "
            + bounds.maxToolCalls()
            + ")");
  }
}
