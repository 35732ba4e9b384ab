package io.tollgate.trading.node;

import static io.tollgate.trading.node.NodeCaller.request;
import static io.tollgate.trading.node.NodeCaller.signal;
import static io.tollgate.trading.node.NodeCaller.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.node.SimulatedExchange.Keys;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tasks become orders at the simulator, each once. */
class ExecuteTest {
  @TempDir private static Path folder;
  private static SimulatedExchange exchange;
  private static ExecutionNode node;
  private static NodeCaller caller;
  private static List<Keys> keys;

  @BeforeAll
  static void open() {
    exchange = new SimulatedExchange(folder.resolve("exchange"));
    keys = exchange.accounts(8);
    node = NodeSite.node(exchange, folder.resolve("node"));
    caller = new NodeCaller(node.port());
  }

  @AfterAll
  static void close() {
    node.close();
    exchange.close();
  }

  private static JsonNode only(JsonNode answer) {
    assertThat(answer.path("success").booleanValue()).isTrue();
    assertThat(answer.path("results")).hasSize(1);
    return answer.path("results").get(0);
  }

  private static BigDecimal value(JsonNode result) {
    return result
        .path("filled_quantity")
        .decimalValue()
        .multiply(result.path("filled_price").decimalValue());
  }

  @Test
  void a_task_becomes_an_order_and_each_pair_of_names_carries_one_value() {
    JsonNode result = only(caller.execute(signal("SIG1", "BUY"), task("opened-1", 1, keys.get(0))));
    assertThat(result.path("success").booleanValue()).as(result.toString()).isTrue();
    assertThat(result.path("status").stringValue()).isEqualTo("FILLED");
    assertThat(result.path("task_id").stringValue()).isEqualTo("opened-1");
    assertThat(result.path("account_id").longValue()).isEqualTo(1);
    assertThat(result.path("client_order_id").stringValue())
        .isEqualTo(ClientOrderId.ofTask("opened-1").text());
    assertThat(result.path("order_id")).isEqualTo(result.path("exchange_order_id"));
    assertThat(result.path("fee")).isEqualTo(result.path("commission"));
    assertThat(result.path("fee").decimalValue()).isPositive();
    assertThat(result.path("fee_currency").stringValue()).isEqualTo("USDT");
    assertThat(result.path("commission_asset").stringValue()).isEqualTo("USDT");
    assertThat(value(result)).isBetween(new BigDecimal("350"), new BigDecimal("501"));
    assertThat(result.path("fills_complete").booleanValue()).isTrue();
    assertThat(result.path("error").isNull()).isTrue();
    assertThat(exchange.accepted(ClientOrderId.ofTask("opened-1").text())).isEqualTo(1);
  }

  @Test
  void a_repeated_task_is_answered_as_the_first_time_and_sends_nothing() {
    ObjectNode signal = signal("SIG2", "BUY");
    JsonNode first = only(caller.execute(signal, task("repeated", 2, keys.get(1))));
    JsonNode second = only(caller.execute(signal, task("repeated", 2, keys.get(1))));
    assertThat(second).isEqualTo(first);
    assertThat(exchange.received(ClientOrderId.ofTask("repeated").text())).isEqualTo(1);
  }

  @Test
  void a_repeated_task_is_answered_as_the_first_time_by_the_next_process() {
    ObjectNode signal = signal("SIG3", "BUY");
    Path journal = folder.resolve("restarted");
    JsonNode first;
    try (ExecutionNode before = NodeSite.node(exchange, journal)) {
      first = only(new NodeCaller(before.port()).execute(signal, task("again", 3, keys.get(2))));
    }
    try (ExecutionNode after = NodeSite.node(exchange, journal)) {
      JsonNode second =
          only(new NodeCaller(after.port()).execute(signal, task("again", 3, keys.get(2))));
      assertThat(second.toString()).isEqualTo(first.toString());
    }
    assertThat(exchange.received(ClientOrderId.ofTask("again").text())).isEqualTo(1);
  }

  @Test
  void one_task_asked_for_by_many_at_once_is_done_by_one_of_them() throws Exception {
    List<Future<JsonNode>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        asked.add(
            threads.submit(
                () -> only(caller.execute(signal("SIG4", "BUY"), task("many", 4, keys.get(3))))));
      }
    }
    HashSet<String> different = new HashSet<>();
    for (Future<JsonNode> each : asked) {
      different.add(each.get().toString());
    }
    assertThat(different).hasSize(1);
    assertThat(exchange.received(ClientOrderId.ofTask("many").text())).isEqualTo(1);
  }

  @Test
  void bad_tasks_fail_alone() {
    ObjectNode noSecret = task("no-secret", 5, keys.get(4));
    noSecret.remove("api_secret");
    ObjectNode wrongKey = task("wrong-key", 5, new Keys("nobody", "nothing"));
    ObjectNode paper = task("paper", 5, keys.get(4)).put("exchange", "paper");
    ObjectNode tiny = task("tiny", 5, keys.get(4)).put("amount_usdt", 1);
    ObjectNode unknown = task("unknown-pair", 5, keys.get(4)).put("symbol", "NONE/USDT");
    unknown.put("canonical_symbol", "NONE/USDT");
    JsonNode results =
        caller
            .execute(
                signal("SIG5", "SELL"),
                noSecret,
                wrongKey,
                task("good", 5, keys.get(4)),
                paper,
                tiny,
                unknown)
            .path("results");
    assertThat(results.get(0).path("error_code").stringValue()).isEqualTo("INVALID_REQUEST");
    assertThat(results.get(0).path("error").stringValue()).startsWith("api_secret is missing");
    assertThat(results.get(0).path("task_id").stringValue()).isEqualTo("no-secret");
    assertThat(results.get(1).path("error_code").stringValue()).isEqualTo("AUTH_FAILED");
    assertThat(results.get(2).path("success").booleanValue()).isTrue();
    assertThat(results.get(3).path("error").stringValue()).contains("trade in the centre");
    assertThat(results.get(4).path("error_code").stringValue()).isEqualTo("MIN_NOTIONAL");
    assertThat(results.get(5).path("error_code").stringValue()).isEqualTo("SYMBOL_NOT_FOUND");
    for (JsonNode result : results) {
      assertThat(result.toString()).doesNotContain(keys.get(4).secret());
    }
  }

  @Test
  void an_id_that_is_another_orders_is_refused() {
    JsonNode first = only(caller.execute(signal("SIG6", "BUY"), task("taken", 6, keys.get(5))));
    assertThat(first.path("success").booleanValue()).isTrue();
    JsonNode second = only(caller.execute(signal("SIG6", "BUY"), task("taken", 7, keys.get(6))));
    assertThat(second.path("error_code").stringValue()).isEqualTo("CONFLICT");
    assertThat(second.path("success").booleanValue()).isFalse();
  }

  @Test
  void without_ids_a_signal_is_executed_once_for_each_account() {
    JsonNode first =
        caller
            .execute(signal("SIG7", "BUY"), task("", 6, keys.get(5)), task("", 7, keys.get(6)))
            .path("results");
    JsonNode second =
        caller
            .execute(signal("SIG7", "BUY"), task("", 6, keys.get(5)), task("", 7, keys.get(6)))
            .path("results");
    assertThat(second).isEqualTo(first);
    assertThat(first.get(0).path("task_id")).isNotEqualTo(first.get(1).path("task_id"));
    for (JsonNode result : first) {
      assertThat(exchange.received(result.path("client_order_id").stringValue())).isEqualTo(1);
    }
  }

  @Test
  void the_amount_is_the_tasks_else_the_requests_else_the_signals() {
    ObjectNode said = signal("SIG8", "BUY").put("amount_usdt", 2000).put("quantity", 1);
    JsonNode results =
        caller
            .execute(
                said,
                task("by-task", 7, keys.get(6)).put("amount_usdt", 1000),
                task("by-request", 7, keys.get(6)))
            .path("results");
    assertThat(value(results.get(0))).isBetween(new BigDecimal("850"), new BigDecimal("1001"));
    assertThat(value(results.get(1))).isBetween(new BigDecimal("350"), new BigDecimal("501"));
    ObjectNode alone = request(task("by-signal", 7, keys.get(6)));
    alone.set("signal", signal("SIG9", "BUY").put("quantity", "0.002"));
    JsonNode bySignal = only(caller.answer("execute", alone));
    assertThat(bySignal.path("filled_quantity").decimalValue()).isEqualByComparingTo("0.002");
  }

  @Test
  void a_lost_answer_is_looked_up_and_the_order_not_sent_again() {
    exchange.fault(ClientOrderId.ofTask("lost"), "\"action\":\"accept_then_5xx\",\"status\":503");
    JsonNode result = only(caller.execute(signal("SIG10", "BUY"), task("lost", 8, keys.get(7))));
    exchange.clearFaults();
    assertThat(result.path("status").stringValue()).isEqualTo("FILLED");
    assertThat(exchange.accepted(ClientOrderId.ofTask("lost").text())).isEqualTo(1);
  }

  @Test
  void requests_that_are_none_are_refused_and_empty_ones_are_not() {
    String token = NodeCaller.SECRET;
    String signal = signal("S", "BUY").toString();
    assertThat(caller.post("execute", "{\"signal\":" + signal + ",\"tasks\":[]}", token).body())
        .isEqualTo("{\"success\":true,\"results\":[]}");
    assertThat(caller.post("sync-balance", "{\"tasks\":[]}", token).statusCode()).isEqualTo(200);
    assertThat(caller.post("execute", "{\"signal\":{},\"tasks\":[]}", token).statusCode())
        .isEqualTo(400);
    assertThat(caller.post("execute", "{\"tasks\":[]}", token).statusCode()).isEqualTo(400);
    assertThat(caller.post("execute", "{\"signal\":" + signal + "}", token).statusCode())
        .isEqualTo(400);
    assertThat(caller.post("execute", "{\"tasks\":", token).statusCode()).isEqualTo(400);
    assertThat(caller.post("execute", "x".repeat(1_100_000), token).statusCode()).isEqualTo(413);
    StringBuilder many = new StringBuilder("{\"signal\":" + signal + ",\"tasks\":[{}");
    many.append(",{}".repeat(1000)).append("]}");
    assertThat(caller.post("execute", many.toString(), token).statusCode()).isEqualTo(400);
  }
}
