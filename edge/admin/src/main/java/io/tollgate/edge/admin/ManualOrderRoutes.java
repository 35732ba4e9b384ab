package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.ManualTrading;
import io.tollgate.trading.engine.ManualTrading.OnAccount;
import io.tollgate.trading.engine.ManualTrading.Placed;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/manual-order} and {@code POST /api/close-position}: what people order by hand.
 */
final class ManualOrderRoutes implements Routes {
  private final ManualTrading trading;
  private final Supplier<String> keys;
  private final AdminGate gate;

  /**
   * @param keys names an order that comes without a key; never the same twice
   */
  ManualOrderRoutes(ManualTrading trading, Supplier<String> keys, AdminGate gate) {
    this.trading = requireNonNull(trading, "trading is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission may = AdminPermission.TRADING;
    table.blocking(HttpMethod.POST, "/api/manual-order", errors, gate.guard(may, this::place));
    table.blocking(HttpMethod.POST, "/api/close-position", errors, gate.guard(may, this::close));
  }

  private Response place(Request request) {
    return Response.json(
        200,
        switch (trading.place(ManualOrderBody.order(request, keys))) {
          case Placed.NoStrategy() ->
              Answer.none("no_strategy", "there is no strategy of that code");
          case Placed.NoBindings() -> Answer.none("no_bindings", "nobody follows that strategy");
          case Placed.Tried(List<OnAccount> accounts) -> Answer.of(accounts);
        });
  }

  private Response close(Request request) {
    return closed(trading, request);
  }

  /** Has a position closed, as it is sent. */
  static Response closed(ManualTrading trading, Request request) {
    return Response.json(200, CloseAnswer.of(trading.close(ManualOrderBody.close(request))));
  }

  /**
   * What came of an order.
   *
   * @param targets accounts that were meant
   */
  private record Answer(
      boolean success,
      String action,
      String message,
      int targets,
      int successCount,
      List<Result> results) {
    static Answer none(String action, String message) {
      return new Answer(false, action, message, 0, 0, List.of());
    }

    static Answer of(List<OnAccount> accounts) {
      int good = (int) accounts.stream().filter(OnAccount::success).count();
      return new Answer(
          good > 0,
          good > 0 ? "dispatched" : "error",
          good + " of " + accounts.size() + " accounts",
          accounts.size(),
          good,
          accounts.stream().map(Result::of).toList());
    }
  }

  private record Result(
      long accountId,
      long userId,
      boolean success,
      boolean skipped,
      @Nullable String orderId,
      @Nullable String exchangeOrderId,
      BigDecimal filledQuantity,
      @Nullable BigDecimal filledPrice,
      @Nullable String errorCode,
      @Nullable String error) {
    static Result of(OnAccount result) {
      return new Result(
          result.account(),
          result.user(),
          result.success(),
          result.skipped(),
          result.order().orElse(null),
          result.exchangeOrder().orElse(null),
          result.filled(),
          result.price().orElse(null),
          result.code().orElse(null),
          result.error().orElse(null));
    }
  }

  private record CloseAnswer(
      boolean success,
      @Nullable String message,
      @Nullable String error,
      @Nullable String orderId,
      BigDecimal filledQuantity,
      @Nullable BigDecimal filledPrice) {
    static CloseAnswer of(OnAccount result) {
      String done = result.filled().signum() > 0 ? "closed" : "the close is on its way";
      return new CloseAnswer(
          result.success(),
          result.success() ? done : null,
          result.success() ? null : result.error().orElse("nothing was closed"),
          result.order().orElse(null),
          result.filled(),
          result.price().orElse(null));
    }
  }
}
