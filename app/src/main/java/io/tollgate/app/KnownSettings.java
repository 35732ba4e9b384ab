package io.tollgate.app;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.rpc.RpcConfig;
import io.tollgate.telemetry.LogConfig;
import io.tollgate.telemetry.TraceConfig;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.node.NodeConfig;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.WebConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All settings of the process and of its modules, and those that are retired. */
final class KnownSettings {
  private KnownSettings() {}

  static List<Setting<?>> all() {
    Stream<List<Setting<?>>> ofProcess =
        Stream.of(
            AppConfig.settings(),
            LogConfig.settings(),
            TraceConfig.settings(),
            WebConfig.settings(),
            PublicAddress.settings(),
            RpcConfig.settings(),
            NodeConfig.settings(),
            ExchangeAddresses.settings());
    Stream<List<Setting<?>>> ofModules = ProgramModules.ALL.stream().map(ModuleEntry::settings);
    return Stream.concat(ofProcess, ofModules).<Setting<?>>flatMap(List::stream).toList();
  }

  /**
   * The environment without what has our prefix and is no setting: {@code TOLLGATE_CRASH_AT} makes
   * a test's process die at a named step, and is nothing to configure an installation with.
   */
  static Map<String, String> environment(Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>(environment);
    settings.remove("TOLLGATE_CRASH_AT");
    return settings;
  }

  /** Names that are no longer used, each with what to use instead. */
  static Map<String, String> retired() {
    Map<String, String> all = new HashMap<>();
    ProgramModules.ALL.forEach(module -> all.putAll(module.retired()));
    return all;
  }
}
