package io.tollgate.sandbox;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/**
 * The sandbox provider as a process of its own: {@code --port N} (18190), {@code --data-dir DIR}
 * ({@code ./data}), {@code --host ADDRESS} (127.0.0.1), {@code --script-port N} (none). Prints its
 * URLs once it answers and runs until it is told to stop.
 */
public final class Main {
  private static final String USAGE =
      "usage: sandbox [--port N] [--data-dir DIR] [--host ADDRESS] [--script-port N]";

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    SandboxOptions options;
    try {
      options = options(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      System.exit(2);
      return;
    }
    try {
      SandboxProvider provider = SandboxProvider.start(options);
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("sandbox-stop").unstarted(provider::close));
      System.out.println("sandbox provider: " + provider.url());
      provider.script().ifPresent(script -> System.out.println("scripted: " + script.url()));
    } catch (SandboxStartException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  static SandboxOptions options(String[] arguments) {
    String host = "127.0.0.1";
    int port = 18_190;
    Path dataDir = Path.of("data");
    OptionalInt scriptPort = OptionalInt.empty();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 && i + 1 == arguments.length) {
        throw new IllegalArgumentException(name + ": no value (expected: one after it)");
      }
      String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
      switch (name) {
        case "--host" -> host = value;
        case "--port" -> port = port(name, value);
        case "--script-port" -> scriptPort = OptionalInt.of(port(name, value));
        case "--data-dir" -> dataDir = Path.of(value);
        default ->
            throw new IllegalArgumentException(
                name + ": unknown flag (expected: --port, --data-dir, --host or --script-port)");
      }
    }
    return new SandboxOptions(
        host, port, dataDir, SandboxOptions.DEFAULT_REMEMBERED_REQUESTS, scriptPort);
  }

  private static int port(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 0..65535)", e);
    }
  }
}
