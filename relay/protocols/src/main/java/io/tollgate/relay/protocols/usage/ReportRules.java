package io.tollgate.relay.protocols.usage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsagePart;
import java.util.Optional;

/**
 * Compares a usage report with what was sent and delivered. Where it cannot be true, what we
 * counted is charged: never less than what was delivered, never what was not. {@link UsageRule}
 * lists the rules, {@code docs/usage.md} gives the reasons.
 */
final class ReportRules {
  /**
   * The longest tokens of today's vocabularies are runs of 128 spaces or dashes; text of more bytes
   * than this for each reported token cannot be.
   *
   * @see <a href="https://github.com/openai/tiktoken">tiktoken, o200k_base</a>
   */
  static final int LONGEST_TOKEN_BYTES = 128;

  private ReportRules() {}

  /** What one report comes to: believed, believed in part, or not at all. */
  sealed interface Verdict {
    /** It is charged, maybe with our own count of the output. */
    record Believed(ChargedUsage charged) implements Verdict {}

    /** Nothing of it is charged. */
    record Refused(ReportDisbelief disbelief) implements Verdict {}
  }

  static Verdict judge(UsageReport report, DeliveredOutput delivered, UsageBounds bounds) {
    return switch (ReportReading.of(report)) {
      case ReportReading.Contradictory(ReportDisbelief disbelief) -> new Verdict.Refused(disbelief);
      case ReportReading.Consistent(TokenUsage usage) -> judge(usage, report, delivered, bounds);
    };
  }

  private static Verdict judge(
      TokenUsage usage, UsageReport report, DeliveredOutput delivered, UsageBounds bounds) {
    if (usage.input() > bounds.maxInput()) {
      return refused(
          UsageRule.INPUT_AS_SENT, "input tokens", usage.input(), "at most", bounds.maxInput());
    }
    long maxOutput = bounds.maxOutput(delivered);
    if (usage.output() > maxOutput) {
      return refused(
          UsageRule.OUTPUT_AS_ALLOWED, "output tokens", usage.output(), "at most", maxOutput);
    }
    if (!delivered.produced()) {
      return new Verdict.Believed(
          usage.output() == 0 ? ChargedUsage.FREE : ChargedUsage.reported(usage));
    }
    if (usage.input() == 0) {
      return refused(UsageRule.NOT_NOTHING, "input tokens", 0, "at least", 1);
    }
    if (!delivered.counted()) {
      return new Verdict.Believed(ChargedUsage.reported(usage));
    }
    if (usage.output() == 0) {
      return ourOutput(usage, delivered, UsageRule.NOT_NOTHING, 1);
    }
    if (delivered.textBytes() > report.deliveredBytes() && delivered.tokens() > usage.output()) {
      return ourOutput(usage, delivered, UsageRule.NOT_BEFORE_THE_TEXT, delivered.tokens());
    }
    long least = delivered.textBytes() / LONGEST_TOKEN_BYTES;
    if (usage.output() < least) {
      return ourOutput(usage, delivered, UsageRule.NO_LESS_THAN_DELIVERED, least);
    }
    return new Verdict.Believed(ChargedUsage.reported(usage));
  }

  /** The report's input, and as much output as we counted, all of it as text. */
  private static Verdict ourOutput(
      TokenUsage usage, DeliveredOutput delivered, UsageRule rule, long least) {
    ReportDisbelief why =
        new ReportDisbelief(
            rule, "output tokens: " + usage.output() + " (expected: at least " + least + ")");
    long output = Math.max(1, Math.max(usage.output(), delivered.tokens()));
    TokenUsage.Builder mixed = TokenUsage.builder();
    usage.forEach(
        (kind, count) -> {
          if (kind.part().side() != UsagePart.Side.OUTPUT) {
            mixed.add(kind, count);
          }
        });
    mixed.add(UsageKind.TEXT_OUTPUT, Math.min(TokenUsage.MAX_TOKENS, output));
    return new Verdict.Believed(ChargedUsage.ofOurs(mixed.build(), Optional.of(why)));
  }

  private static Verdict refused(
      UsageRule rule, String what, long given, String bound, long expected) {
    return new Verdict.Refused(
        new ReportDisbelief(
            rule, what + ": " + given + " (expected: " + bound + " " + expected + ")"));
  }
}
