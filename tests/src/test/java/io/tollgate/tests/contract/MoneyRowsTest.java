package io.tollgate.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.ApiDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Amounts of different currencies are never added up: whoever reads a row knows which it is in. */
class MoneyRowsTest {
  /** Decimals that are no amounts. */
  private static final Pattern SHARES =
      Pattern.compile("(.*_)?(rate|factor|multiplier|share)|.+_margin");

  private static final List<String> UNITS = List.of("currency", "asset", "fee_currency");

  /** What is told in the words of merchants' interfaces and of trading: all of it in USDT. */
  private static final Pattern IN_USDT =
      Pattern.compile(
          "/api/v1/me/merchant/.*|/api/(strategies|strategy-bindings.*|exchange-accounts|positions|manual-order)"
              + "|/api/tenants/[{]tenant_id[}]/tenant-strategies|/api/nodes/.*|/api/backtest/.*"
              + "|/api/signal-monitor/.*");

  private final Description description = Description.parse(ApiDescription.yaml());

  /** A row with amounts, and whether it or what it is in says in what they are. */
  private record Row(String place, List<String> amounts, boolean named) {}

  @Test
  void a_row_with_an_amount_says_in_which_currency() {
    List<Row> rows =
        description.operations().stream().flatMap(each -> rows(each).stream()).toList();

    assertThat(rows).filteredOn(row -> !row.named()).isEmpty();
    assertThat(rows).as("rows with amounts").hasSizeGreaterThan(40);
    assertThat(rows)
        .extracting(Row::place)
        .contains(
            "GET /api/request-logs data",
            "GET /api/withdrawals data",
            "GET /api/v1/me/statement data");
  }

  private List<Row> rows(Operation operation) {
    List<Row> rows = new ArrayList<>();
    boolean ofPages =
        operation.path().startsWith("/api/")
            && (!operation.path().startsWith("/api/v1/")
                || operation.path().startsWith("/api/v1/me"));
    boolean inUsdt = IN_USDT.matcher(operation.path()).matches();
    if (ofPages && !inUsdt && !description.endless().contains(operation)) {
      JsonNode schema =
          description
              .response(operation, 200)
              .path("content")
              .path("application/json")
              .path("schema");
      walk(operation.toString(), schema, false, new HashSet<>(), rows);
    }
    return rows;
  }

  private void walk(
      String place, JsonNode schema, boolean named, Set<JsonNode> above, List<Row> rows) {
    JsonNode object = description.resolved(schema);
    if (!above.add(object)) {
      return;
    }
    for (String either : List.of("oneOf", "anyOf", "allOf")) {
      object.path(either).forEach(each -> walk(place, each, named, above, rows));
    }
    boolean here = named || UNITS.stream().anyMatch(object.path("properties")::has);
    object
        .path("properties")
        .properties()
        .forEach(
            member -> {
              String at = place + " " + member.getKey();
              JsonNode value = description.resolved(member.getValue());
              if (value.has("items")) {
                row(at, value.path("items"), here, rows);
                walk(at, value.path("items"), here, above, rows);
              } else {
                walk(at, value, here, above, rows);
              }
            });
    var unused = above.remove(object);
  }

  private void row(String place, JsonNode items, boolean named, List<Row> rows) {
    JsonNode row = description.resolved(items);
    List<String> amounts =
        row.path("properties").properties().stream()
            .filter(member -> isDecimal(member.getValue()))
            .map(member -> member.getKey())
            .filter(name -> !SHARES.matcher(name).matches())
            .toList();
    if (!amounts.isEmpty()) {
      rows.add(
          new Row(place, amounts, named || UNITS.stream().anyMatch(row.path("properties")::has)));
    }
  }

  private boolean isDecimal(JsonNode schema) {
    JsonNode type = description.resolved(schema).path("type");
    return type.isArray()
        ? type.valueStream().anyMatch(each -> each.asString().equals("number"))
        : type.asString("").equals("number");
  }
}
