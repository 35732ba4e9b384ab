package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.CurrentPrice;
import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.PriceBook;
import io.tollgate.contracts.UsageKind;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogStatistics;
import io.tollgate.insight.RequestList;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.HealthState;
import io.tollgate.relay.accounts.ProviderAccounts;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/models/standing}: how models that are sold are doing: who serves them, what they earn
 * of each token, and how their requests of the last day went.
 */
final class ModelRoutes implements Routes {
  private static final int GROUPS_MAX = 1_000;
  private static final Duration DAY = Duration.ofDays(1);

  private final Transactions transactions;
  private final PriceBook prices;
  private final ServingAccounts serving;
  private final RequestList requests;
  private final InstantSource clock;
  private final AdminGate gate;

  ModelRoutes(
      Transactions transactions,
      PriceBook prices,
      ProviderAccounts accounts,
      RequestList requests,
      InstantSource clock,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.prices = requireNonNull(prices, "prices is null");
    this.serving = new ServingAccounts(accounts);
    this.requests = requireNonNull(requests, "requests is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.GET, "/api/models/standing", ErrorForms.admin(), gate.guard(this::standing));
  }

  private Response standing(Request request) {
    Instant now = clock.instant();
    List<AccountStanding> accounts = transactions.read(serving::read);
    Map<String, List<LogStatistics>> day = ofLastDay(now);
    return ListForm.whole(
        request,
        "models",
        Row.class,
        prices.table().at(now).stream().map(price -> Row.of(price, accounts, day)).toList());
  }

  /** By the model as it was asked for; a log that is away tells nothing. */
  private Map<String, List<LogStatistics>> ofLastDay(Instant now) {
    Map<String, List<LogStatistics>> found = new HashMap<>();
    try {
      requests
          .statistics(LogFilter.ALL.since(now.minus(DAY)), LogGrouping.MODEL, GROUPS_MAX)
          .forEach(
              row ->
                  row.group()
                      .ifPresent(
                          model -> found.computeIfAbsent(model, _ -> new ArrayList<>()).add(row)));
    } catch (Refusal e) {
      if (e.code() != ErrorCode.UNAVAILABLE) {
        throw e;
      }
    }
    return found;
  }

  /**
   * How a model is doing.
   *
   * @param accounts that may serve it, and how many of them are healthy
   * @param inputMargin share of the price that is earned of a token in, at list price; null where
   *     the cost is not known or the price is nothing; so of a token out
   * @param belowCost whether anything of it is sold for less than it costs
   * @param failed of the requests of the last day
   * @param latencyP50Ms of most of them; null where there were none
   */
  private record Row(
      String id,
      int accounts,
      int accountsHealthy,
      @Nullable BigDecimal inputMargin,
      @Nullable BigDecimal outputMargin,
      boolean belowCost,
      long requests,
      long failed,
      @Nullable Long latencyP50Ms,
      @Nullable Long firstTokenP50Ms) {
    static Row of(
        CurrentPrice price, List<AccountStanding> all, Map<String, List<LogStatistics>> day) {
      ModelPrice model = price.model();
      List<AccountStanding> serving = ServingAccounts.of(all, model.id());
      List<LogStatistics> rows =
          Stream.concat(Stream.of(model.id()), model.aliases().stream())
              .flatMap(name -> day.getOrDefault(name, List.of()).stream())
              .toList();
      Optional<LogStatistics> most =
          rows.stream().max(Comparator.comparing(LogStatistics::requests));
      return new Row(
          model.id(),
          serving.size(),
          (int) serving.stream().filter(each -> each.state() == HealthState.HEALTHY).count(),
          ModelMargins.share(price, UsageKind.TEXT_INPUT),
          ModelMargins.share(price, UsageKind.TEXT_OUTPUT),
          ModelMargins.isBelowCost(price),
          rows.stream().mapToLong(LogStatistics::requests).sum(),
          rows.stream().mapToLong(LogStatistics::failed).sum(),
          most.map(LogStatistics::latencyP50Ms).orElse(null),
          most.filter(row -> row.firstTokenP50Ms().isPresent())
              .map(row -> row.firstTokenP50Ms().getAsLong())
              .orElse(null));
    }
  }
}
