package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.exchange.Dialect;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.vertx.core.http.HttpServerRequest;

/** The exchange's way of refusing a request that reaches no endpoint. */
public enum BinanceDialect implements Dialect {
  BINANCE;

  @Override
  public void demandKey(HttpServerRequest request) {
    // each endpoint says itself what it wants to be shown
  }

  @Override
  public String problem(Problem problem, String requestId) {
    return JsonBody.object().put("code", -1100).put("msg", problem.message()).toString();
  }

  @Override
  public String idHeader() {
    return "x-mbx-uuid";
  }
}
