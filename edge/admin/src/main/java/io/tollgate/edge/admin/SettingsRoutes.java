package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeModule;
import io.tollgate.data.DatabaseVersion;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.module.ProgramFacts;
import io.tollgate.insight.LogRetentions;
import io.tollgate.payments.PaymentChannel;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/settings}: how the installation is set up, and from where each value comes. What can
 * be changed while the program runs is changed here; the rest belongs to whoever starts it.
 */
final class SettingsRoutes implements Routes {
  private static final String PATH = "/api/settings";
  private static final String LOG_DAYS = "insight.days";

  private final Transactions transactions;
  private final Settings settings;
  private final LogRetentions retentions;
  private final List<String> channels;
  private final ProgramFacts program;
  private final AdminGate gate;

  SettingsRoutes(
      Transactions transactions,
      Settings settings,
      LogRetentions retentions,
      RechargeModule recharge,
      ProgramFacts program,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.retentions = requireNonNull(retentions, "retentions is null");
    this.channels =
        recharge.channels().all().stream()
            .map(PaymentChannel::method)
            .map(method -> method.code())
            .sorted()
            .toList();
    this.program = requireNonNull(program, "program is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(
        HttpMethod.GET, PATH, errors, gate.guard(AdminPermission.SETTINGS, request -> shown()));
    table.blocking(
        HttpMethod.PUT, PATH, errors, gate.guard(AdminPermission.SETTINGS, this::change));
  }

  private Response shown() {
    return AnswerEnvelope.of(transactions.read(this::answer));
  }

  private Response change(Request request) {
    JsonNode body = request.json();
    JsonFields fields = JsonFields.of(body);
    for (String name : body.propertyNames()) {
      if (!name.equals(LOG_DAYS)) {
        throw new Refusal(
                ErrorCode.INVALID_REQUEST,
                name
                    + ": cannot be changed while the program runs (expected: "
                    + LOG_DAYS
                    + "; the rest is set in tollgate.yaml, the environment or by flags)")
            .ofField(name);
      }
    }
    if (!body.has(LOG_DAYS)) {
      throw JsonFields.missing(LOG_DAYS, "days, or null for what is configured");
    }
    OptionalInt days =
        fields
            .wholeNumber(LOG_DAYS, LogRetentions.DAYS_MIN, LogRetentions.DAYS_MAX)
            .map(given -> OptionalInt.of(given.intValue()))
            .orElse(OptionalInt.empty());
    return AnswerEnvelope.of(
        transactions.write(
            transaction -> {
              retentions.setUsual(transaction, days);
              return answer(transaction);
            }));
  }

  private Answer answer(Transaction transaction) {
    OptionalInt days = retentions.usual(transaction);
    return new Answer(
        new Versions(
            program.version(),
            Runtime.version().toString(),
            DatabaseVersion.of(transaction),
            program.startedAt()),
        AuthRoutes.FEATURES,
        channels,
        settings.inForce().stream().map(each -> Row.of(each, days)).toList());
  }

  /**
   * How the installation is set up.
   *
   * @param channels by which users pay in
   */
  private record Answer(
      Versions versions, List<String> features, List<String> channels, List<Row> settings) {}

  /** What runs. */
  private record Versions(String tollgate, String java, String database, Instant startedAt) {}

  /**
   * A setting.
   *
   * @param value null where there is none; of a secret asterisks, where it is set
   * @param configured what counts where nobody has changed it here
   * @param source {@code default}, {@code file}, {@code environment}, {@code flag}, or {@code
   *     console} where it was changed here
   */
  private record Row(
      String name,
      String area,
      String description,
      @Nullable String value,
      @Nullable String configured,
      String source,
      @Nullable String setBy,
      boolean secret,
      boolean editable) {
    static Row of(Settings.InForce setting, OptionalInt logDays) {
      boolean editable = setting.name().equals(LOG_DAYS);
      boolean changed = editable && logDays.isPresent();
      String configured =
          setting.secret()
              ? setting.setBy().map(by -> "****").orElse(null)
              : setting.value().orElse(null);
      return new Row(
          setting.name(),
          SettingArea.of(setting.name()).code(),
          setting.description(),
          changed ? Integer.toString(logDays.getAsInt()) : configured,
          configured,
          changed ? "console" : setting.source().name().toLowerCase(Locale.ROOT),
          setting.setBy().orElse(null),
          setting.secret(),
          editable);
    }
  }
}
