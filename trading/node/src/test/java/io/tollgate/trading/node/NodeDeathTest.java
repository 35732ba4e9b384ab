package io.tollgate.trading.node;

import static io.tollgate.trading.node.NodeCaller.signal;
import static io.tollgate.trading.node.NodeCaller.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.node.NodeCaller.NodeGone;
import io.tollgate.trading.node.SimulatedExchange.Keys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node that is killed at every step of a task, while the exchange takes orders and does not say
 * so: whoever asks the next process gets the order's true end, and the exchange has it once. {@code
 * -Dnode.death.rounds=N} and {@code -Dnode.death.seed=N} for more and others.
 */
@Tag("slow")
class NodeDeathTest {
  private static final int ROUNDS = Integer.getInteger("node.death.rounds", 1);
  private static final long SEED = Long.getLong("node.death.seed", 1);
  private static final int TASKS = 4;
  private static final List<String> STEPS =
      List.of("node-planned", "node-intent-written", "node-placed", "node-result-written");
  private static final List<String> FAULTS =
      List.of(
          "\"action\":\"accept_then_5xx\",\"status\":503",
          "\"action\":\"accept_then_drop\"",
          "\"action\":\"drop_before\"",
          "\"action\":\"fail_5xx_before\",\"status\":502",
          "\"action\":\"stale_query\",\"ms\":900");

  @TempDir private static Path folder;
  private static SimulatedExchange exchange;
  private static List<Keys> keys;

  @BeforeAll
  static void open() {
    exchange = new SimulatedExchange(folder.resolve("exchange"));
    keys = exchange.accounts(TASKS);
  }

  @AfterAll
  static void close() {
    exchange.close();
  }

  @Test
  void no_task_is_lost_and_none_done_twice_whenever_the_node_dies() throws Exception {
    Random random = new Random(SEED);
    Path data = folder.resolve("killed");
    List<String> done = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String step : STEPS) {
        String crashAt = step + ":" + (1 + random.nextInt(TASKS));
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
          String id = "death-" + SEED + "-" + round + "-" + step + "-" + i;
          tasks.add(id);
          int fault = random.nextInt(FAULTS.size() + 2);
          if (fault < FAULTS.size()) {
            exchange.fault(ClientOrderId.ofTask(id), FAULTS.get(fault));
          }
        }
        try (NodeInProcess dying = NodeInProcess.start(exchange, data, crashAt)) {
          NodeCaller caller = dying.caller();
          assertThat(asked(caller, step + round, tasks)).as("answered by the dying").isEmpty();
          assertThat(dying.ended()).isEqualTo(137);
        }
        done.addAll(tasks);
        try (NodeInProcess next = NodeInProcess.start(exchange, data, "")) {
          for (JsonNode result : asked(next.caller(), step + round, tasks)) {
            assertThat(result.path("status").stringValue())
                .as("%s, seed %s: %s", crashAt, SEED, result)
                .isEqualTo("FILLED");
          }
          next.kill();
        }
        exchange.clearFaults();
      }
    }
    for (String id : done) {
      assertThat(exchange.accepted(ClientOrderId.ofTask(id).text())).as(id).isEqualTo(1);
    }
    System.out.println(
        "seed "
            + SEED
            + ": "
            + done.size()
            + " tasks, lost 0, doubled 0, by "
            + 2 * ROUNDS * STEPS.size()
            + " processes that were killed");
  }

  /** Results of all of them; none when the node died. */
  private static List<JsonNode> asked(NodeCaller caller, String signal, List<String> tasks) {
    ObjectNode[] given = new ObjectNode[tasks.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] = task(tasks.get(i), i + 1L, keys.get(i));
    }
    List<JsonNode> results = new ArrayList<>();
    try {
      caller.execute(signal("SIG" + signal, "BUY"), given).path("results").forEach(results::add);
    } catch (NodeGone e) {
      return List.of();
    }
    return results;
  }
}
