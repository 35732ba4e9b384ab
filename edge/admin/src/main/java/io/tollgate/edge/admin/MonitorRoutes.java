package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.SignalMonitor;
import io.tollgate.trading.engine.SignalMonitor.Mode;
import io.tollgate.trading.engine.SignalMonitor.Terms;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How the signal monitor is doing, and what it is told to do. */
final class MonitorRoutes implements Routes {
  private static final String SECONDS = "5 to 86400";
  private static final int SECONDS_MOST = 86_400;
  private static final int LONGEST_ID = 64;

  private final String under;
  private final Transactions transactions;
  private final SignalMonitor monitor;
  private final MonitorReads reads;
  private final AdminGate gate;

  /**
   * @param under where its paths are
   */
  MonitorRoutes(
      String under,
      Transactions transactions,
      SignalMonitor monitor,
      MonitorReads reads,
      AdminGate gate) {
    this.under = requireNonNull(under, "under is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.monitor = requireNonNull(monitor, "monitor is null");
    this.reads = requireNonNull(reads, "reads is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission may = AdminPermission.TRADING;
    table.blocking(HttpMethod.GET, under + "/status", errors, gate.guard(this::status));
    table.blocking(HttpMethod.GET, under + "/config", errors, gate.guard(this::config));
    table.blocking(HttpMethod.POST, under + "/config", errors, gate.guard(may, this::configure));
    table.blocking(HttpMethod.POST, under + "/start", errors, gate.guard(may, this::start));
    table.blocking(HttpMethod.POST, under + "/stop", errors, gate.guard(may, this::stop));
    table.blocking(HttpMethod.GET, under + "/strategies", errors, gate.guard(this::strategies));
    table.blocking(HttpMethod.POST, under + "/trigger-scan", errors, gate.guard(may, this::levels));
    // as it is called on a port of its own
    table.blocking(
        HttpMethod.POST, under + "/position-monitor/scan", errors, gate.guard(may, this::levels));
    String trading = under + "/trading";
    table.blocking(HttpMethod.GET, trading + "/status", errors, gate.guard(this::trading));
    table.blocking(HttpMethod.POST, trading + "/mode", errors, gate.guard(may, this::mode));
    table.blocking(HttpMethod.POST, trading + "/enable", errors, gate.guard(may, this::enable));
    table.blocking(HttpMethod.POST, trading + "/disable", errors, gate.guard(may, this::disable));
    table.blocking(HttpMethod.POST, trading + "/execute", errors, gate.guard(may, this::execute));
  }

  private Response status(Request request) {
    return Response.json(200, reads.status());
  }

  private Response config(Request request) {
    return Response.json(200, new Config(true, reads.config()));
  }

  private Response configure(Request request) {
    JsonFields body = JsonFields.of(request.json());
    Optional<Duration> interval = seconds(body, "interval_seconds");
    Optional<Duration> sync = seconds(body, "sync_interval_seconds");
    Optional<Boolean> told = TradingFields.oneOrZero(body, "notify_on_signal");
    change(
        terms ->
            new Terms(
                terms.running(),
                terms.mode(),
                interval.orElse(terms.interval()),
                sync.or(terms::sync),
                told.orElse(terms.notifyOnSignal())));
    return config(request);
  }

  private static Optional<Duration> seconds(JsonFields body, String name) {
    return body.find(name)
        .map(
            node -> {
              boolean whole = node.isIntegralNumber() && node.canConvertToInt();
              if (!whole || node.intValue() < 5 || node.intValue() > SECONDS_MOST) {
                throw GivenText.refused(name, node.toString(), SECONDS);
              }
              return Duration.ofSeconds(node.intValue());
            });
  }

  private Response start(Request request) {
    return running(true);
  }

  private Response stop(Request request) {
    return running(false);
  }

  private Response running(boolean on) {
    change(terms -> terms.withRunning(on));
    return Response.json(
        200, new Done(true, "the signal monitor is " + (on ? "started" : "stopped")));
  }

  private Response strategies(Request request) {
    return Response.json(200, new Strategies(true, reads.strategies()));
  }

  private Response levels(Request request) {
    return AnswerEnvelope.of(
        transactions.write(
            transaction -> {
              monitor.lookAtLevels(transaction);
              return reads.levels(transaction);
            }));
  }

  private Response trading(Request request) {
    return mode(transactions.read(monitor::terms));
  }

  private Response mode(Request request) {
    Mode mode = Mode.of("mode", JsonFields.of(request.json()).requireText("mode", "a mode"));
    return mode(change(terms -> terms.withMode(mode)));
  }

  private Response enable(Request request) {
    return mode(
        change(
            terms -> terms.mode() == Mode.NOTIFY_ONLY ? terms.withMode(Mode.AUTO_EXECUTE) : terms));
  }

  private Response disable(Request request) {
    return mode(change(terms -> terms.withMode(Mode.NOTIFY_ONLY)));
  }

  private static Response mode(Terms terms) {
    return Response.json(
        200,
        new Trading(true, terms.mode().code(), terms.mode() != Mode.NOTIFY_ONLY, terms.running()));
  }

  private Response execute(Request request) {
    String signal = JsonFields.of(request.json()).requireText("signal_id", "the id of a signal");
    if (signal.isBlank() || signal.length() > LONGEST_ID || signal.indexOf('\0') >= 0) {
      throw GivenText.refused("signal_id", signal, "the id of a signal");
    }
    transactions.write(
        transaction -> {
          monitor.release(transaction, signal);
          return true;
        });
    return Response.json(200, new Done(true, "signal " + signal + " is traded"));
  }

  private Terms change(UnaryOperator<Terms> change) {
    return transactions.write(transaction -> monitor.change(transaction, change));
  }

  private record Done(boolean success, String message) {}

  private record Config(boolean success, MonitorRows.ConfigShown config) {}

  private record Strategies(boolean success, List<MonitorRows.StrategyShown> strategies) {}

  /**
   * @param enabled whether anything is ordered
   */
  private record Trading(boolean success, String mode, boolean enabled, boolean running) {}
}
