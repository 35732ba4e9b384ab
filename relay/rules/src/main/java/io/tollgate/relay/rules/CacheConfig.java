package io.tollgate.relay.rules;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;

/**
 * Bounds of the cache of answers.
 *
 * @param memoryMib what a process keeps in memory, MiB
 * @param maxAnswerBytes largest answer that is kept, bytes
 * @param maxRequestBytes largest request whose answer is kept, bytes
 */
public record CacheConfig(int memoryMib, int maxAnswerBytes, int maxRequestBytes) {
  private static final int MIB = 1 << 20;

  public static final Setting<Integer> MEMORY_MIB =
      Setting.number(
          "relay.cache.memory.mib",
          64,
          1,
          1_000_000,
          "answers that a process keeps in memory, MiB");
  public static final Setting<Integer> MAX_ANSWER_BYTES =
      Setting.number(
          "relay.cache.answer.bytes.max",
          MIB,
          1024,
          64 * MIB,
          "largest answer that is kept, bytes");
  public static final Setting<Integer> MAX_REQUEST_BYTES =
      Setting.number(
          "relay.cache.request.bytes.max",
          MIB,
          1024,
          64 * MIB,
          "largest request whose answer is kept, bytes");

  public static List<Setting<?>> settings() {
    return List.of(MEMORY_MIB, MAX_ANSWER_BYTES, MAX_REQUEST_BYTES);
  }

  public static CacheConfig from(Settings settings) {
    return new CacheConfig(
        settings.get(MEMORY_MIB), settings.get(MAX_ANSWER_BYTES), settings.get(MAX_REQUEST_BYTES));
  }
}
