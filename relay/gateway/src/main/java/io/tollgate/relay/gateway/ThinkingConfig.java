package io.tollgate.relay.gateway;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.ThoughtMemory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Settings of models' thinking, between protocols that say it differently.
 *
 * @param table how many tokens of thought each word for effort stands for
 * @param memoryMib what is remembered of thoughts of all tenants, MiB; 0: nothing
 * @param tenantMemoryMib the same of one tenant
 * @param memoryMs how long it is remembered
 */
public record ThinkingConfig(
    ThinkingTable table, int memoryMib, int tenantMemoryMib, int memoryMs) {
  private static final int DAY_MS = 86_400_000;

  public static final Setting<ThinkingTable> TABLE =
      new Setting<>(
          "relay.thinking.tokens",
          "how many tokens of thought each word for effort stands for, where a caller says the one"
              + " and a provider is told the other",
          ThinkingTable.USUAL.toString(),
          ThinkingTable::parse,
          false);
  public static final Setting<Integer> MEMORY_MIB =
      Setting.number(
          "relay.thinking.memory.mib",
          64,
          0,
          100_000,
          "what is remembered of thoughts between requests, for callers whose protocol has no place"
              + " for it, MiB; 0: nothing");
  public static final Setting<Integer> TENANT_MEMORY_MIB =
      Setting.number(
          "relay.thinking.memory.tenant.mib", 16, 1, 100_000, "the same of one tenant, MiB");
  public static final Setting<Integer> MEMORY_MS =
      Setting.number(
          "relay.thinking.memory.ms",
          3_600_000,
          1_000,
          7 * DAY_MS,
          "how long thoughts are remembered, ms");

  public ThinkingConfig {
    requireNonNull(table, "table is null");
  }

  static List<Setting<?>> settings() {
    return List.of(TABLE, MEMORY_MIB, TENANT_MEMORY_MIB, MEMORY_MS);
  }

  static ThinkingConfig from(Settings settings) {
    return new ThinkingConfig(
        settings.get(TABLE),
        settings.get(MEMORY_MIB),
        settings.get(TENANT_MEMORY_MIB),
        settings.get(MEMORY_MS));
  }

  /** A memory of these bounds. */
  ThoughtMemory memory(LongSupplier nanoTime) {
    return new ThoughtMemory(
        (long) memoryMib << 20,
        (long) tenantMemoryMib << 20,
        TimeUnit.MILLISECONDS.toNanos(memoryMs),
        nanoTime);
  }
}
