package io.tollgate.redis;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.redis.internal.LettuceStore;
import java.util.Optional;

/**
 * Opens the connection to Redis for the program, where one is configured. A Redis that is away at
 * the start, or later, keeps nothing from working.
 */
public final class RedisModule implements ProgramModule {
  public static final ModuleEntry<RedisModule> ENTRY =
      ModuleEntry.of(RedisModule.class, RedisModule::open).with(RedisConfig.settings());

  private final Optional<LettuceStore> store;

  private RedisModule(Optional<LettuceStore> store) {
    this.store = requireNonNull(store, "store is null");
  }

  private static RedisModule open(ModuleSite site) {
    RedisModule module = over(RedisConfig.from(site.settings()));
    module.store.ifPresent(
        opened ->
            Gauge.builder("tollgate_redis_connected", opened, each -> each.isConnected() ? 1 : 0)
                .description("Whether there is a connection to Redis.")
                .register(site.facility(MeterRegistry.class)));
    return module;
  }

  /** The same without a program around it. */
  public static RedisModule over(RedisConfig config) {
    return new RedisModule(
        config.url().map(url -> LettuceStore.open(url, config.cluster(), config.timeout())));
  }

  /** Redis, where it is configured. */
  public Optional<RedisStore> store() {
    return store.map(each -> each);
  }

  @Override
  public void close() {
    store.ifPresent(LettuceStore::close);
  }
}
