package io.tollgate.edge.merchant;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Stream;

/** {@code /merchant}: what backends of tenants call. */
final class MerchantRoutes implements Routes {
  private final List<MerchantCall> calls;
  private final MerchantGate gate;

  MerchantRoutes(Contexts contexts, MeterRegistry registry, MerchantSteps steps) {
    requireNonNull(registry, "registry is null");
    FirstAnswers answers = new FirstAnswers(contexts.transactions(), steps, contexts.clock());
    this.calls =
        Stream.of(
                new UserCalls(contexts).all(),
                new UserInfoCall(contexts).all(),
                new AccountCalls(contexts).all(),
                new PointCalls(contexts, answers).all(),
                new PointLogCall(contexts).all(),
                new StrategyCalls(contexts).all(),
                new TeamCalls(contexts).all(),
                new WithdrawalCalls(contexts, answers).all())
            .flatMap(List::stream)
            .toList();
    this.gate =
        new MerchantGate(
            contexts.transactions(),
            contexts.identity().merchantAccess(),
            contexts.clock(),
            registry);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = Envelope.errors();
    table.fallback("/merchant", errors);
    calls.forEach(call -> table.blocking(call.method(), call.path(), errors, gate.guard(call)));
  }
}
