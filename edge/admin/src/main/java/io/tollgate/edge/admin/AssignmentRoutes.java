package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.ExecutionNodes;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which node trades for which account; {@code null} and 0 are the centre. */
final class AssignmentRoutes implements Routes {
  private static final String PATH = "/api/exchange-accounts";
  private static final int MOST = 1_000;
  private static final String NUMBERS = "a list of 1 to " + MOST + " numbers of accounts";

  private final Transactions transactions;
  private final ExecutionNodes nodes;
  private final AdminGate gate;

  AssignmentRoutes(Transactions transactions, ExecutionNodes nodes, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission may = AdminPermission.NODES;
    table.blocking(HttpMethod.PUT, PATH + "/{id}/assign-node", errors, gate.guard(may, this::one));
    table.blocking(
        HttpMethod.POST, PATH + "/batch-assign-node", errors, gate.guard(may, this::many));
  }

  private Response one(Request request) {
    OptionalLong node = node(JsonFields.of(request.json()));
    long account = PathId.of(request, "id", id -> id).orElseThrow(() -> unknown(request));
    int affected =
        transactions.write(
            transaction -> {
              int assigned = nodes.assign(transaction, List.of(account), node);
              if (assigned == 0) {
                throw unknown(request);
              }
              return assigned;
            });
    return Response.json(200, Assigned.of(affected, node));
  }

  private Response many(Request request) {
    JsonFields body = JsonFields.of(request.json());
    List<Long> accounts = accounts(body);
    OptionalLong node = node(body);
    int affected = transactions.write(transaction -> nodes.assign(transaction, accounts, node));
    return Response.json(200, Assigned.of(affected, node));
  }

  private static OptionalLong node(JsonFields body) {
    if (!body.names("execution_node_id")) {
      throw JsonFields.missing("execution_node_id", "the number of a node, or null");
    }
    return body.wholeNumber("execution_node_id", 0, Long.MAX_VALUE)
        .filter(number -> number > 0)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static List<Long> accounts(JsonFields body) {
    JsonNode given =
        body.find("account_ids").orElseThrow(() -> JsonFields.missing("account_ids", NUMBERS));
    if (!given.isArray() || given.isEmpty() || given.size() > MOST) {
      throw GivenText.refused("account_ids", given.toString(), NUMBERS);
    }
    List<Long> accounts = new ArrayList<>(given.size());
    for (JsonNode each : given) {
      if (!each.isIntegralNumber() || !each.canConvertToLong()) {
        throw GivenText.refused("account_ids", each.toString(), NUMBERS);
      }
      accounts.add(each.longValue());
    }
    return accounts;
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no account " + GivenText.shown(request.pathParam("id")));
  }

  private record Assigned(
      boolean success, int affected, @Nullable Long executionNodeId, String message) {
    static Assigned of(int affected, OptionalLong node) {
      String where = node.isPresent() ? "node " + node.getAsLong() : "the centre";
      return new Assigned(
          true,
          affected,
          node.isPresent() ? Long.valueOf(node.getAsLong()) : null,
          affected + " accounts are traded on by " + where);
    }
  }
}
