package io.tollgate.relay.rules;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;

/**
 * Bounds of what is kept of requests and answers.
 *
 * @param maxBytes of one body
 * @param maxWaiting requests that wait to be written
 * @param memoryMib what waits to be written, MiB
 */
public record PromptConfig(int maxBytes, int maxWaiting, int memoryMib) {
  private static final int MIB = 1 << 20;

  public static final Setting<Integer> MAX_BYTES =
      Setting.number(
          "relay.prompts.bytes.max",
          256 * 1024,
          0,
          16 * MIB,
          "how much is kept of a request's body, and of its answer's, bytes");
  public static final Setting<Integer> MAX_WAITING =
      Setting.number(
          "relay.prompts.waiting.max",
          1_000,
          1,
          1_000_000,
          "requests that wait to be kept; more are dropped");
  public static final Setting<Integer> MEMORY_MIB =
      Setting.number(
          "relay.prompts.memory.mib",
          32,
          1,
          100_000,
          "requests that wait to be kept, MiB; more are dropped");

  public static List<Setting<?>> settings() {
    return List.of(MAX_BYTES, MAX_WAITING, MEMORY_MIB);
  }

  public static PromptConfig from(Settings settings) {
    return new PromptConfig(
        settings.get(MAX_BYTES), settings.get(MAX_WAITING), settings.get(MEMORY_MIB));
  }
}
