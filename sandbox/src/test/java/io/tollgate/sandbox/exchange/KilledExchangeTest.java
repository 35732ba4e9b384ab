package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KilledExchangeTest {
  private static final String ORDER = "/fapi/v1/order";

  @TempDir private Path dir;

  @Test
  @Tag("slow")
  void every_order_that_was_answered_is_there_after_a_kill_and_none_twice() throws Exception {
    Process process = start();
    Set<String> answered = ConcurrentHashMap.newKeySet();
    CountDownLatch enough = new CountDownLatch(40);
    ExchangeClient account;
    try {
      account = ExchangeClient.open(url(process), 1_000_000);
      Thread killer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      enough.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    process.destroyForcibly();
                  });
      try {
        for (int i = 0; i < 250; i++) {
          account.call(
              "POST",
              ORDER,
              "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001&newClientOrderId=kill-" + i);
          answered.add("kill-" + i);
          enough.countDown();
        }
      } catch (UncheckedIOException cut) {
        // it was killed
      }
      killer.join();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    try (SandboxProvider again = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      ExchangeClient same = new ExchangeClient(again.url(), account.apiKey(), account.apiSecret());
      JsonNode seen = same.get("/sandbox/exchange/orders?prefix=kill-");
      JsonNode orders = seen.path("by_client_order_id");
      for (String id : answered) {
        assertThat(orders.path(id).path("accepted").intValue()).as(id).isEqualTo(1);
        assertThat(orders.path(id).path("status").stringValue()).isEqualTo("FILLED");
      }
      long accepted = seen.path("accepted").longValue();
      assertThat(accepted).isBetween((long) answered.size(), answered.size() + 1L);
      assertThat(same.call("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT")).hasSize((int) accepted);
      assertThat(
              same.call("GET", "/fapi/v3/positionRisk", "")
                  .path(0)
                  .path("positionAmt")
                  .asString(""))
          .isEqualTo("0.%03d".formatted(accepted));
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.tollgate.sandbox.Main",
            "--port=0",
            "--data-dir",
            dir.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String url(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    return line.substring(line.indexOf("http:"));
  }
}
