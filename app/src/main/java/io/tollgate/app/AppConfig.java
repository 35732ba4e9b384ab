package io.tollgate.app;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.web.BrowserOrigins;
import io.tollgate.web.PublicAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Settings of the program as a whole. Ports may be 0: a free one is chosen then.
 *
 * @param dataDirectory where everything that lasts is kept
 * @param publicPort relay, console and interfaces for users
 * @param privatePort metrics and interfaces for backends
 * @param grpcPort gRPC, for backends and users alike
 * @param demo whether demo data is made
 * @param demoLife whether users of the demo do something by themselves: send requests while
 *     somebody looks at the pages, and follow strategies
 */
record AppConfig(
    Path dataDirectory,
    int publicPort,
    int privatePort,
    int grpcPort,
    boolean demo,
    boolean demoLife,
    Environment environment) {
  static final Setting<String> DATA_DIRECTORY =
      Setting.text("data.dir", "./data", "Folder for everything that lasts.");
  static final Setting<Integer> PORT = Setting.port("port", 18_100, "Public port.");
  static final Setting<Integer> PRIVATE_PORT =
      Setting.port("private.port", 18_103, "Private port: metrics, interfaces for backends.");
  static final Setting<Integer> GRPC_PORT = Setting.port("grpc.port", 9_107, "gRPC port.");
  static final Setting<Boolean> DEMO =
      Setting.flag("demo", true, "Whether demo data and the sandbox provider are set up.");
  static final Setting<Boolean> DEMO_LIFE =
      Setting.flag(
          "demo.life",
          true,
          "Whether users of the demo follow strategies, and send requests while a console or portal is"
              + " open in a browser.");
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
    return List.of(DATA_DIRECTORY, PORT, PRIVATE_PORT, GRPC_PORT, DEMO, DEMO_LIFE, ENVIRONMENT);
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
    if (environment == Environment.PRODUCTION) {
      settings.find(PublicAddress.URL).ifPresent(AppConfig::requireTls);
    }
    return new AppConfig(
        dataDirectory(settings),
        settings.get(PORT),
        settings.get(PRIVATE_PORT),
        settings.get(GRPC_PORT),
        demo,
        demo && settings.get(DEMO_LIFE),
        environment);
  }

  /** Where everything that lasts is kept. */
  static Path dataDirectory(Settings settings) {
    return Path.of(settings.get(DATA_DIRECTORY)).toAbsolutePath().normalize();
  }

  /** Who signs in over plain HTTP shows password and session to everybody on the way. */
  private static void requireTls(String url) {
    URI address = URI.create(url);
    boolean here = Set.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
    if (!"https".equals(address.getScheme()) && !here) {
      throw new SettingsException(
          "public.url: "
              + url
              + " (expected with env production: https://…, as people sign in there; TLS may end"
              + " at a proxy)");
    }
  }

  boolean isProduction() {
    return environment == Environment.PRODUCTION;
  }
}
