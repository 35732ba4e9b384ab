package io.tollgate.relay.protocols.openai.realtime;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.RealtimeTranscript;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.DeliveredOutput;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What it costs that something said was written down: by tokens or by seconds, as it is told. */
final class TranscriptUsage implements RealtimeTranscript {
  /** More than any model writes for a second of sound; a report above is not believed. */
  private static final int MOST_TOKENS_A_SECOND = 100;

  private static final int LONGEST_NUMBER = 24;

  private final long seconds;
  private final long textBytes;
  private final long textTokens;
  private final Optional<Long> reportedSeconds;
  private final ReportedUsage reported = new ReportedUsage();

  /**
   * @param seconds of sound, as we count them
   * @param textTokens of the transcript, as we count them
   * @param usage as the provider tells it
   */
  TranscriptUsage(long seconds, long textBytes, long textTokens, JsonTree.@Nullable Members usage) {
    this.seconds = Math.max(1, seconds);
    this.textBytes = textBytes;
    this.textTokens = textTokens;
    reportedSeconds = seconds(usage);
    if (usage != null && reportedSeconds.isEmpty()) {
      ReportedNumbers.read(usage, reported);
      reported.eventEnded(textBytes);
    }
  }

  @Override
  public ChargedUsage charged(boolean bySeconds) {
    if (reportedSeconds.isPresent()) {
      return new ChargedUsage(ofSeconds(reportedSeconds.get()), true, Optional.empty());
    }
    long heard = seconds * SessionInput.HEARD_TOKENS_A_SECOND;
    long most = seconds * MOST_TOKENS_A_SECOND;
    DeliveredOutput delivered = new DeliveredOutput(true, textBytes, () -> Math.max(1, textTokens));
    ChargedUsage charged =
        reported.charged(
            delivered, new UsageBounds(heard, most + 16_384, Math.max(most, textTokens + 1), 4));
    if (charged.reported()) {
      return charged;
    }
    TokenUsage ours =
        bySeconds
            ? ofSeconds(seconds)
            : TokenUsage.builder()
                .add(UsageKind.AUDIO_INPUT, heard)
                .add(UsageKind.TEXT_OUTPUT, Math.max(1, textTokens))
                .build();
    return new ChargedUsage(ours, false, charged.disbelief());
  }

  private static TokenUsage ofSeconds(long seconds) {
    return TokenUsage.builder()
        .add(UsageKind.SECONDS, Math.min(TokenUsage.MAX_OTHER_UNITS, seconds))
        .build();
  }

  /** Rounded up; nothing where it tells none that can be true. */
  private Optional<Long> seconds(JsonTree.@Nullable Members usage) {
    if (usage == null
        || !(usage.byName().get("seconds") instanceof JsonTree.Literal(String written))
        || written.length() > LONGEST_NUMBER
        || !Character.isDigit(written.charAt(0))) {
      return Optional.empty();
    }
    BigDecimal told = new BigDecimal(written);
    BigDecimal most = BigDecimal.valueOf(seconds).multiply(BigDecimal.TEN).add(BigDecimal.TEN);
    return told.signum() <= 0
            || Math.abs((long) told.scale()) > LONGEST_NUMBER
            || told.compareTo(most) > 0
        ? Optional.empty()
        : Optional.of(told.setScale(0, RoundingMode.CEILING).longValueExact());
  }
}
