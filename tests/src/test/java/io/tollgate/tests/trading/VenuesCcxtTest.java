package io.tollgate.tests.trading;

import io.tollgate.sandbox.ExchangeStandIn;
import io.tollgate.tests.installation.NodeSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * ccxt against the small stand-ins of OKX and Gate, with nothing but the hosts replaced: they are
 * spoken to by somebody who does not know our adapters.
 */
@Tag("slow")
class VenuesCcxtTest {
  @TempDir private Path dir;

  @TestFactory
  List<DynamicTest> ccxt_trades_on_the_stand_ins() throws Exception {
    try (ExchangeStandIn okx = ExchangeStandIn.okx(0);
        ExchangeStandIn gate = ExchangeStandIn.gate(0)) {
      Path demo = dir.resolve("demo.json");
      Files.writeString(
          demo, "{\"exchanges\":{\"okx\":\"" + okx.url() + "\",\"gate\":\"" + gate.url() + "\"}}");
      return new NodeSuite("ccxt-venues", "ccxt", 16).results(demo);
    }
  }
}
