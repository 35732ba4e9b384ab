package io.tollgate.relay.protocols.openai.realtime;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.RealtimeTerms;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.openai.MediaTokens;
import java.util.Map;

/**
 * What a session's responses read: what the provider has told of it last, and what came since, by
 * our own count. Not thread-safe.
 *
 * @see <a href="https://platform.openai.com/docs/guides/realtime-costs">a token of sound for a
 *     tenth of a second that is heard, and for a twentieth that is spoken</a>
 */
final class SessionInput {
  static final int HEARD_TOKENS_A_SECOND = 10;
  static final int SPOKEN_TOKENS_A_SECOND = 20;

  private static final int ITEM_TOKENS = 4;
  private static final int DEEPEST = 16;

  private long text;
  private long sound;
  private long images;
  // sent, and not said to be complete yet
  private long bufferedBytes;

  /** Bytes of so many characters of base64. */
  static long bytes(long characters) {
    return characters * 3 / 4;
  }

  static long tokens(long bytes, int tokensASecond, int bytesASecond) {
    return (bytes * tokensASecond + bytesASecond - 1) / bytesASecond;
  }

  void appended(long characters) {
    bufferedBytes += bytes(characters);
  }

  void cleared() {
    bufferedBytes = 0;
  }

  /** Seconds of sound that are not complete yet, rounded up. */
  long bufferedSeconds(RealtimeTerms terms) {
    return (bufferedBytes + terms.inputSound() - 1) / terms.inputSound();
  }

  /** What was sent is complete. */
  void committed(RealtimeTerms terms) {
    sound += tokens(bufferedBytes, HEARD_TOKENS_A_SECOND, terms.inputSound());
    bufferedBytes = 0;
  }

  /** An item, or whatever else holds texts, pictures and sounds. */
  void add(JsonTree item, RealtimeTerms terms) {
    text += ITEM_TOKENS;
    add("", item, terms, 0);
  }

  private void add(String name, JsonTree value, RealtimeTerms terms, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    switch (value) {
      case JsonTree.Members members -> {
        for (Map.Entry<String, JsonTree> member : members.byName().entrySet()) {
          add(member.getKey(), member.getValue(), terms, depth + 1);
        }
      }
      case JsonTree.Items items -> items.values().forEach(one -> add(name, one, terms, depth + 1));
      case JsonTree.Text words -> {
        long length = words.string().length();
        switch (name) {
          case "audio" -> sound += tokens(bytes(length), HEARD_TOKENS_A_SECOND, terms.inputSound());
          case "image_url" -> images += MediaTokens.IMAGE;
          default -> text += (length + 2) / 3;
        }
      }
      case JsonTree.Literal _ -> {}
    }
  }

  /** The provider has told what a response read and said: the next one reads all of it. */
  void told(TokenUsage usage) {
    long heard =
        usage.count(UsageKind.AUDIO_INPUT)
            + usage.count(UsageKind.AUDIO_CACHE_READ)
            + usage.count(UsageKind.AUDIO_OUTPUT);
    long seen = usage.count(UsageKind.IMAGE_INPUT) + usage.count(UsageKind.IMAGE_CACHE_READ);
    sound = heard;
    images = seen;
    text = usage.total() - heard - seen;
  }

  /** All of it and what stands before it; sound that is not complete yet as well. */
  TokenUsage usage(RealtimeTerms terms) {
    long buffered = tokens(bufferedBytes, HEARD_TOKENS_A_SECOND, terms.inputSound());
    long max = TokenUsage.MAX_TOKENS / 4;
    return TokenUsage.builder()
        .add(UsageKind.TEXT_INPUT, Math.min(max, text + terms.promptBytes() / 3))
        .add(UsageKind.AUDIO_INPUT, Math.min(max, sound + buffered))
        .add(UsageKind.IMAGE_INPUT, Math.min(max, images))
        .build();
  }
}
