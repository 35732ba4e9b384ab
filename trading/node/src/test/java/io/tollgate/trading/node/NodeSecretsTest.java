package io.tollgate.trading.node;

import static io.tollgate.trading.node.NodeCaller.signal;
import static io.tollgate.trading.node.NodeCaller.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.node.SimulatedExchange.Keys;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Credentials are looked for where they must not be once their tasks are over: in the node's
 * memory, what is garbage in it included, its journal, its log and its output.
 */
@Tag("slow")
class NodeSecretsTest {
  @TempDir private static Path folder;

  @Test
  void nothing_of_a_secret_is_left_in_a_node_after_its_tasks() throws Exception {
    try (SimulatedExchange exchange = new SimulatedExchange(folder.resolve("exchange"))) {
      List<Keys> keys = exchange.accounts(3);
      Path data = folder.resolve("node");
      try (NodeInProcess node = NodeInProcess.start(exchange, data, "", "--log-level=debug")) {
        NodeCaller caller = node.caller();
        exchange.fault(
            ClientOrderId.ofTask("kept-2"), "\"action\":\"accept_then_5xx\",\"status\":503");
        // large enough to come in many pieces
        ObjectNode padded = task("kept-1", 1, keys.get(0)).put("note", "n".repeat(200_000));
        JsonNode done =
            caller.execute(
                signal("SIG", "BUY"),
                padded,
                task("kept-2", 2, keys.get(1)),
                task("refused", 3, new Keys(keys.get(2).apiKey(), keys.get(2).secret() + "x")));
        assertThat(done.path("results").get(0).path("status").stringValue()).isEqualTo("FILLED");
        assertThat(done.path("results").get(1).path("status").stringValue()).isEqualTo("FILLED");
        assertThat(done.path("results").get(2).path("error_code").stringValue())
            .isEqualTo("AUTH_FAILED");
        JsonNode unused =
            caller.answer("sync-balance", NodeCaller.request(task("", 3, keys.get(2))));
        // refused, and no JSON
        assertThat(
                caller
                    .post(
                        "execute",
                        "{\"tasks\":[{\"api_secret\":\"" + keys.get(0).secret() + "\"",
                        NodeCaller.SECRET)
                    .statusCode())
            .isEqualTo(400);

        Path dump = folder.resolve("heap.hprof");
        dump(node.pid(), dump);
        assertThat(holds(dump, "tasks.journal")).as("what is in memory is found").isTrue();
        for (Keys each : keys) {
          assertThat(holds(dump, each.secret())).as("a secret in the node's memory").isFalse();
          try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
              assertThat(holds(file, each.secret())).as(file.toString()).isFalse();
              assertThat(holds(file, each.apiKey())).as(file.toString()).isFalse();
            }
          }
        }
        assertThat(Files.size(data.resolve("node/tasks.journal"))).isGreaterThan(100);
        assertThat(node.stop()).isIn(0, 143);
      }
    }
  }

  /** With what nobody refers to any more. */
  private static void dump(long pid, Path file) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.heap_dump",
                "-all",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(file.resolveSibling("jcmd.out").toFile())
            .start();
    assertThat(jcmd.waitFor()).isZero();
    assertThat(file).exists();
  }

  private static boolean holds(Path file, String text) throws IOException {
    for (Charset form :
        List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      if (holds(file, text.getBytes(form))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(Path file, byte[] sought) throws IOException {
    byte[] buffer = new byte[1 << 20];
    int kept = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int read = in.read(buffer, kept, buffer.length - kept);
          read > 0;
          read = in.read(buffer, kept, buffer.length - kept)) {
        int end = kept + read;
        if (indexOf(buffer, end, sought) >= 0) {
          return true;
        }
        kept = Math.min(end, sought.length - 1);
        System.arraycopy(buffer, end - kept, buffer, 0, kept);
      }
    }
    return false;
  }

  private static int indexOf(byte[] bytes, int end, byte[] sought) {
    for (int at = 0; at <= end - sought.length; at++) {
      if (bytes[at] == sought[0]
          && Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
    }
    return -1;
  }
}
