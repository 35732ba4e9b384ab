package io.tollgate.relay.protocols.openai.realtime;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.RealtimeNeed;
import io.tollgate.relay.protocols.RealtimeTap;
import io.tollgate.relay.protocols.TextTally;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.DeliveredOutput;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.util.Optional;

/** Counts what one response says, in words and in sound, and keeps what is reported of it. */
final class ResponseTap implements RealtimeTap {
  private final RealtimeNeed need;
  private final TextTally words;
  private final int bytesASecond;
  private final ReportedUsage reported = new ReportedUsage();
  private long soundBytes;
  private boolean produced;

  /**
   * @param bytesASecond of its sound
   */
  ResponseTap(RealtimeNeed need, TextTally words, int bytesASecond) {
    this.need = need;
    this.words = words;
    this.bytesASecond = bytesASecond;
  }

  void text(JsonString piece) {
    if (!piece.isEmpty()) {
      produced = true;
      words.add(piece.bytes(), piece.from(), piece.to(), piece.escaped());
    }
  }

  void sound(JsonString base64) {
    if (!base64.isEmpty()) {
      produced = true;
      soundBytes += SessionInput.bytes(base64.length());
    }
  }

  /** There was output that no piece had told. */
  void producedMore() {
    produced = true;
  }

  ReportedUsage reported() {
    return reported;
  }

  /** What the report says, where nothing in it contradicts itself. */
  Optional<TokenUsage> told() {
    ChargedUsage charged = reported.charged(DeliveredOutput.WITHOUT_TOKENS, UsageBounds.WIDEST);
    return charged.reported() ? Optional.of(charged.usage()) : Optional.empty();
  }

  /** All of it has come. */
  void ended() {
    reported.eventEnded(words.bytes());
  }

  @Override
  public RealtimeNeed need() {
    return need;
  }

  @Override
  public long roughOutput() {
    return words.roughly() + soundTokens();
  }

  @Override
  public long countedOutput() {
    return words.tokens() + soundTokens();
  }

  @Override
  public TokenUsage counted() {
    TokenUsage.Builder usage = TokenUsage.builder();
    need.input().forEach(usage::add);
    return usage
        .add(UsageKind.TEXT_OUTPUT, Math.min(TokenUsage.MAX_TOKENS / 4, words.tokens()))
        .add(UsageKind.AUDIO_OUTPUT, Math.min(TokenUsage.MAX_TOKENS / 4, soundTokens()))
        .build();
  }

  @Override
  public boolean produced() {
    return produced;
  }

  @Override
  public ChargedUsage charged(UsageBounds bounds) {
    return byKind(reported.charged(delivered(), bounds), bounds);
  }

  @Override
  public ChargedUsage chargedSoFar(UsageBounds bounds) {
    if (!produced && !reported.any()) {
      return new ChargedUsage(need.input(), false, Optional.empty());
    }
    return byKind(reported.chargedSoFar(delivered(), bounds), bounds);
  }

  private DeliveredOutput delivered() {
    return new DeliveredOutput(produced, words.bytes(), this::countedOutput);
  }

  /** Where nothing of a report is believed, sound is told from text by what came. */
  private ChargedUsage byKind(ChargedUsage charged, UsageBounds bounds) {
    boolean ours = !charged.reported() && charged.usage().input() == bounds.countedInput();
    return ours && produced ? new ChargedUsage(counted(), false, charged.disbelief()) : charged;
  }

  private long soundTokens() {
    return SessionInput.tokens(soundBytes, SessionInput.SPOKEN_TOKENS_A_SECOND, bytesASecond);
  }
}
