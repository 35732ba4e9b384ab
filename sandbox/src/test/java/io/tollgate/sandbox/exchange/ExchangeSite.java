package io.tollgate.sandbox.exchange;

import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An exchange for all tests of a class. */
final class ExchangeSite implements BeforeAllCallback, AfterAllCallback {
  private @Nullable Path dir;
  private @Nullable SandboxProvider provider;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path made = Files.createTempDirectory("exchange");
    dir = made;
    provider = SandboxProvider.start(SandboxOptions.local(0, made));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (provider != null) {
      provider.close();
    }
    if (dir != null) {
      try (Stream<Path> files = Files.walk(dir)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  String url() {
    if (provider == null) {
      throw new IllegalStateException("not started");
    }
    return provider.url();
  }

  /** A new account with 100,000 USDT on both markets. */
  ExchangeClient account() {
    return ExchangeClient.open(url(), 100_000);
  }
}
