package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.ExecutionNode;
import io.tollgate.trading.engine.ExecutionNodes;
import io.tollgate.web.CenterToken;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/nodes/{node_code}/heartbeat}: a node says that it runs. */
final class HeartbeatRoutes implements Routes {
  private static final int LONGEST_CODE = 64;

  private final Transactions transactions;
  private final ExecutionNodes nodes;
  private final CenterToken token;

  HeartbeatRoutes(Transactions transactions, ExecutionNodes nodes, CenterToken token) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.token = requireNonNull(token, "token is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.POST, "/api/nodes/{node_code}/heartbeat", ErrorForms.admin(), this::heard);
  }

  private Response heard(Request request) {
    token.require(request);
    String code = request.pathParam("node_code");
    if (code.length() > LONGEST_CODE) {
      throw unknown(code);
    }
    ExecutionNode node =
        transactions
            .write(transaction -> nodes.heard(transaction, code))
            .orElseThrow(() -> unknown(code));
    return AnswerEnvelope.of(new Heard(node.sheet().code(), node.lastHeartbeatAt().orElse(null)));
  }

  private static Refusal unknown(String code) {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no node " + GivenText.shown(code));
  }

  private record Heard(String nodeCode, @Nullable Instant lastHeartbeatAt) {}
}
