package io.tollgate.tests.installation;

import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sandbox's exchange in this JVM, with which an installation trades. */
public final class TestExchange implements AutoCloseable {
  private final SandboxProvider sandbox;

  public TestExchange() {
    try {
      Path folder = Files.createTempDirectory("tollgate-exchange");
      sandbox = SandboxProvider.start(SandboxOptions.local(0, folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Flags with which an installation takes it for Binance. */
  public String[] flags() {
    return new String[] {
      "--exchange-binance-spot-url", sandbox.url(), "--exchange-binance-futures-url", sandbox.url()
    };
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
