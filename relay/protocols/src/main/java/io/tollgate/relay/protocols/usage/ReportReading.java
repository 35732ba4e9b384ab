package io.tollgate.relay.protocols.usage;

import static io.tollgate.relay.protocols.usage.ReportedCount.AUDIO_CACHED;
import static io.tollgate.relay.protocols.usage.ReportedCount.AUDIO_INPUT;
import static io.tollgate.relay.protocols.usage.ReportedCount.AUDIO_OUTPUT;
import static io.tollgate.relay.protocols.usage.ReportedCount.CACHED;
import static io.tollgate.relay.protocols.usage.ReportedCount.IMAGE_CACHED;
import static io.tollgate.relay.protocols.usage.ReportedCount.IMAGE_INPUT;
import static io.tollgate.relay.protocols.usage.ReportedCount.IMAGE_OUTPUT;
import static io.tollgate.relay.protocols.usage.ReportedCount.INPUT;
import static io.tollgate.relay.protocols.usage.ReportedCount.OUTPUT;
import static io.tollgate.relay.protocols.usage.ReportedCount.REASONING;
import static io.tollgate.relay.protocols.usage.ReportedCount.TOTAL;
import static io.tollgate.relay.protocols.usage.ReportedCount.WRITTEN;
import static io.tollgate.relay.protocols.usage.ReportedCount.WRITTEN_1H;
import static io.tollgate.relay.protocols.usage.ReportedCount.WRITTEN_5M;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;

/**
 * What a report says once its numbers are put together: makers differ in what their input, output
 * and total include, and the numbers themselves tell which reading they can be true in.
 */
sealed interface ReportReading {
  /** The numbers fit together. */
  record Consistent(TokenUsage usage) implements ReportReading {}

  /** There is no reading in which they do. */
  record Contradictory(ReportDisbelief disbelief) implements ReportReading {}

  static ReportReading of(UsageReport report) {
    if (report.odd().isPresent()) {
      return contradictory(
          UsageRule.WHOLE_NUMBERS,
          report.odd().get().shown() + ": not a whole number, 0 to " + TokenUsage.MAX_TOKENS);
    }
    if (!report.has(INPUT) && !(report.has(TOTAL) && report.has(OUTPUT))) {
      return contradictory(UsageRule.BOTH_SIDES, INPUT.shown() + ": missing");
    }
    if (!report.has(OUTPUT) && !report.has(TOTAL)) {
      return contradictory(UsageRule.BOTH_SIDES, OUTPUT.shown() + ": missing");
    }
    long written = written(report);
    long input = input(report, written);
    long output = output(report, input);
    if (report.get(CACHED) + written > input) {
      return contradictory(
          UsageRule.PARTS_WITHIN_WHOLES,
          "cached and cache write tokens: "
              + (report.get(CACHED) + written)
              + " (expected: at most all input, "
              + input
              + ")");
    }
    if (report.get(REASONING) > output) {
      return contradictory(
          UsageRule.PARTS_WITHIN_WHOLES,
          REASONING.shown()
              + ": "
              + report.get(REASONING)
              + " (expected: at most all output, "
              + output
              + ")");
    }
    if (input > TokenUsage.MAX_TOKENS || output > TokenUsage.MAX_TOKENS) {
      return contradictory(
          UsageRule.WHOLE_NUMBERS,
          "all tokens: " + (input + output) + " (expected: at most " + TokenUsage.MAX_TOKENS + ")");
    }
    return parts(report, input, output);
  }

  /** All that was written to caches; the times it was written for are parts of it. */
  private static long written(UsageReport report) {
    return Math.max(report.get(WRITTEN), report.get(WRITTEN_5M) + report.get(WRITTEN_1H));
  }

  /** All input: where it is counted without what was cached, the total or the parts show it. */
  private static long input(UsageReport report, long written) {
    if (!report.has(INPUT)) {
      return Math.max(0, report.get(TOTAL) - report.get(OUTPUT));
    }
    long input = report.get(INPUT);
    long beside = report.get(CACHED) + written;
    if (beside == 0 || !report.has(TOTAL) || !report.has(OUTPUT)) {
      return input;
    }
    long rest = report.get(TOTAL) - input - report.get(OUTPUT);
    boolean reasoningBeside = rest == report.get(REASONING);
    return rest == beside && !reasoningBeside ? input + beside : input;
  }

  /** All output: never less than the total leaves for it, and never less than what was thought. */
  private static long output(UsageReport report, long input) {
    long output = report.get(OUTPUT);
    if (report.has(TOTAL)) {
      return Math.max(output, report.get(TOTAL) - input);
    }
    // more reasoning than output can only be true where it is counted beside it
    long reasoning = report.get(REASONING);
    return reasoning > output ? output + reasoning : output;
  }

  private static ReportReading parts(UsageReport report, long input, long output) {
    long audioCached = Math.min(report.get(AUDIO_CACHED), report.get(CACHED));
    long imageCached = Math.min(report.get(IMAGE_CACHED), report.get(CACHED) - audioCached);
    long textCached = report.get(CACHED) - audioCached - imageCached;
    long audio = Math.max(0, report.get(AUDIO_INPUT) - audioCached);
    long image = Math.max(0, report.get(IMAGE_INPUT) - imageCached);
    long writtenHour = report.get(WRITTEN_1H);
    long written = written(report);
    long text = input - written - textCached - audioCached - imageCached - audio - image;
    if (text < 0) {
      // some of what was cached is sound or picture, though the report does not say so
      long moved = Math.min(-text, Math.min(audio, textCached));
      audio -= moved;
      textCached -= moved;
      audioCached += moved;
      text += moved;
      moved = Math.min(-text, Math.min(image, textCached));
      image -= moved;
      textCached -= moved;
      imageCached += moved;
      text += moved;
    }
    long textOutput =
        output - report.get(REASONING) - report.get(AUDIO_OUTPUT) - report.get(IMAGE_OUTPUT);
    if (text < 0 || textOutput < 0) {
      return contradictory(
          UsageRule.PARTS_WITHIN_WHOLES,
          "parts of input or output are more than all of it, " + input + " and " + output);
    }
    return new Consistent(
        TokenUsage.builder()
            .add(UsageKind.TEXT_INPUT, text)
            .add(UsageKind.AUDIO_INPUT, audio)
            .add(UsageKind.IMAGE_INPUT, image)
            .add(UsageKind.CACHE_READ, textCached)
            .add(UsageKind.AUDIO_CACHE_READ, audioCached)
            .add(UsageKind.IMAGE_CACHE_READ, imageCached)
            .add(UsageKind.CACHE_WRITE, written - writtenHour)
            .add(UsageKind.CACHE_WRITE_1H, writtenHour)
            .add(UsageKind.TEXT_OUTPUT, textOutput)
            .add(UsageKind.REASONING, report.get(REASONING))
            .add(UsageKind.AUDIO_OUTPUT, report.get(AUDIO_OUTPUT))
            .add(UsageKind.IMAGE_OUTPUT, report.get(IMAGE_OUTPUT))
            .build());
  }

  private static Contradictory contradictory(UsageRule rule, String sentence) {
    return new Contradictory(new ReportDisbelief(rule, sentence));
  }
}
