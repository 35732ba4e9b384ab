package io.tollgate.tests.trading;

import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import io.tollgate.tests.installation.NodeSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * ccxt, a library that trades on the real exchange, against the simulator with nothing but the
 * hosts replaced: spot and futures.
 */
@Tag("slow")
class CcxtTest {
  @TempDir private Path dir;

  @TestFactory
  List<DynamicTest> ccxt_trades_on_the_simulator() throws Exception {
    try (SandboxProvider exchange = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      Path demo = dir.resolve("demo.json");
      Files.writeString(demo, "{\"exchange\":{\"base_url\":\"" + exchange.url() + "\"}}");
      return new NodeSuite("ccxt", "ccxt", 16).results(demo);
    }
  }
}
