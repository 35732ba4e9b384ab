package io.tollgate.app;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.web.BrowserOrigins;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings of the program as a whole. Ports may be 0: a free one is chosen then.
 *
 * @param dataDirectory where everything that lasts is kept
 * @param publicPort relay, console and interfaces for users
 * @param privatePort metrics and interfaces for backends
 * @param grpcPort billing over gRPC
 * @param sandboxPort the sandbox provider
 * @param sandboxScriptPort the scripted upstream before it; 0: none
 * @param consolePort the console, when it runs as a role of its own
 * @param syncPort sync, when it runs as a role of its own
 * @param demo whether demo data is made
 */
record AppConfig(
    Path dataDirectory,
    int publicPort,
    int privatePort,
    int grpcPort,
    int sandboxPort,
    int sandboxScriptPort,
    int consolePort,
    int syncPort,
    boolean demo,
    Environment environment) {
  static final Setting<String> DATA_DIRECTORY =
      Setting.text("data.dir", "./data", "Folder for everything that lasts.");
  static final Setting<Integer> PORT = Setting.port("port", 18_100, "Public port.");
  static final Setting<Integer> PRIVATE_PORT =
      Setting.port("private.port", 18_103, "Private port: metrics, interfaces for backends.");
  static final Setting<Integer> GRPC_PORT = Setting.port("grpc.port", 9_107, "gRPC port.");
  static final Setting<Integer> SANDBOX_PORT =
      Setting.port("sandbox.port", 18_190, "Port of the sandbox provider.");
  static final Setting<Integer> SANDBOX_SCRIPT_PORT =
      Setting.port(
          "sandbox.script.port",
          0,
          "Port of a scripted upstream before the sandbox provider; 0: none (docs/sandbox.md).");
  static final Setting<Integer> CONSOLE_PORT =
      Setting.port("console.port", 8_026, "Port of the console as a role of its own.");
  static final Setting<Integer> SYNC_PORT =
      Setting.port("sync.port", 8_081, "Port of sync as a role of its own.");
  static final Setting<Boolean> DEMO =
      Setting.flag("demo", true, "Whether demo data and the sandbox provider are set up.");
  static final Setting<Environment> ENVIRONMENT =
      Setting.choice(
          "env",
          Environment.DEVELOPMENT,
          "development or production; production refuses demo data and default secrets.");

  /** Where the program runs. */
  enum Environment {
    DEVELOPMENT,
    PRODUCTION
  }

  static List<Setting<?>> settings() {
    return List.of(
        DATA_DIRECTORY,
        PORT,
        PRIVATE_PORT,
        GRPC_PORT,
        SANDBOX_PORT,
        SANDBOX_SCRIPT_PORT,
        CONSOLE_PORT,
        SYNC_PORT,
        DEMO,
        ENVIRONMENT);
  }

  static AppConfig from(Settings settings) {
    Environment environment = settings.get(ENVIRONMENT);
    boolean demo = settings.get(DEMO);
    if (environment == Environment.PRODUCTION && !settings.isGiven(IdentityConfig.MASTER_KEY)) {
      throw new SettingsException(
          "master.key is not set (expected with env production: 32 random bytes in base64, kept"
              + " apart from the data directory; make one with: openssl rand -base64 32)");
    }
    if (environment == Environment.PRODUCTION && demo) {
      if (settings.isGiven(DEMO)) {
        throw new SettingsException(
            "demo: true (expected: false with env production; demo data has known passwords)");
      }
      demo = false;
    }
    if (environment == Environment.PRODUCTION && BrowserOrigins.isOpenToAll(settings)) {
      throw new SettingsException(
          "cors.origins: * (expected with env production: the pages that may call, as"
              + " https://app.example.com)");
    }
    return new AppConfig(
        Path.of(settings.get(DATA_DIRECTORY)).toAbsolutePath().normalize(),
        settings.get(PORT),
        settings.get(PRIVATE_PORT),
        settings.get(GRPC_PORT),
        settings.get(SANDBOX_PORT),
        settings.get(SANDBOX_SCRIPT_PORT),
        settings.get(CONSOLE_PORT),
        settings.get(SYNC_PORT),
        demo,
        environment);
  }

  boolean isProduction() {
    return environment == Environment.PRODUCTION;
  }
}
