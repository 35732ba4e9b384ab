package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.ExecutionNode;
import io.tollgate.trading.engine.ExecutionNodes;
import io.tollgate.trading.engine.ExecutionNodes.NodeFilter;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.Optional;

/** {@code /api/nodes}: the execution nodes there are. */
final class NodeRoutes implements Routes {
  private static final String PATH = "/api/nodes";
  private static final String CODE = "a code such as tokyo-1";
  private static final String NAME = "a name";
  private static final String URL = "the address of a server such as https://node.example.com:9101";

  private final Transactions transactions;
  private final ExecutionNodes nodes;
  private final InstantSource clock;
  private final AdminGate gate;
  private final AdminList<NodeFilter, ExecutionNode> list;

  NodeRoutes(Transactions transactions, ExecutionNodes nodes, InstantSource clock, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.counted(
            PATH,
            filters -> new NodeFilter(filters.either("status")),
            nodes::list,
            NodeRow.class,
            node -> NodeRow.of(node, clock.instant()));
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission may = AdminPermission.NODES;
    String one = PATH + "/{id}";
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.POST, PATH, errors, gate.guard(may, this::create));
    table.blocking(HttpMethod.PUT, one, errors, gate.guard(may, this::change));
    table.blocking(HttpMethod.DELETE, one, errors, gate.guard(may, this::delete));
  }

  private Response create(Request request) {
    JsonFields body = JsonFields.of(request.json());
    String code = body.requireText("node_code", CODE);
    ExecutionNode.Sheet sheet =
        new ExecutionNode.Sheet(
            code,
            body.text("name", NAME).orElse(code),
            body.requireText("base_url", URL),
            TradingFields.oneOrZero(body, "status").orElse(true));
    return answer(transactions.write(transaction -> nodes.create(transaction, sheet)));
  }

  private Response change(Request request) {
    JsonFields body = JsonFields.of(request.json());
    Optional<String> code = body.text("node_code", CODE);
    Optional<String> name = body.text("name", NAME);
    Optional<String> url = body.text("base_url", URL);
    Optional<Boolean> active = TradingFields.oneOrZero(body, "status");
    long id = id(request);
    return answer(
        transactions.write(
            transaction ->
                nodes.change(
                    transaction,
                    id,
                    now ->
                        new ExecutionNode.Sheet(
                            code.orElse(now.code()),
                            name.orElse(now.name()),
                            url.orElse(now.baseUrl()),
                            active.orElse(now.active())))));
  }

  private Response delete(Request request) {
    long id = id(request);
    return answer(transactions.write(transaction -> nodes.delete(transaction, id)));
  }

  private Response answer(ExecutionNode node) {
    return AnswerEnvelope.of(NodeRow.of(node, clock.instant()));
  }

  private static long id(Request request) {
    return PathId.of(request, "id", id -> id).orElseThrow(() -> unknown(request));
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no node " + GivenText.shown(request.pathParam("id")));
  }
}
