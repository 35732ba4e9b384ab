package io.tollgate.relay.gateway.internal.passage;

import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.ErrorCode;
import io.tollgate.metering.Charge;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.gateway.internal.loop.RelayMetrics;
import io.tollgate.relay.protocols.usage.ReportDisbelief;
import io.tollgate.telemetry.RequestTrace;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each passage whose result is recorded, and counts it; never what was asked or
 * answered.
 */
public final class PassageLog {
  private static final Logger log = LoggerFactory.getLogger("io.tollgate.relay.passages");

  private PassageLog() {}

  /** A report of the provider is not charged as it stands: the operator is to know. */
  public static void disbelieved(PricedCall call, ReportDisbelief why, RelayMetrics metrics) {
    metrics.disbelieved(why.rule());
    call.context()
        .addTo(log.atWarn())
        .addKeyValue("model", call.model().id())
        .addKeyValue("rule", why.rule().name())
        .addKeyValue("reason", why.sentence())
        .log("a report of usage is not believed");
  }

  /** Something was used that the model has no price for, and costs nothing. */
  public static void withoutPrice(PricedCall call, PassageResult result, RelayMetrics metrics) {
    PriceQuote quote = result.served().orElse(call.quote());
    for (UsageKind kind : quote.withoutPrice(result.usage())) {
      metrics.withoutPrice(kind);
      call.context()
          .addTo(log.atWarn())
          .addKeyValue("model", call.model().id())
          .addKeyValue("kind", kind.code())
          .addKeyValue("units", result.usage().count(kind))
          .addKeyValue("price_version", quote.version())
          .log("usage has no price and is charged nothing");
    }
  }

  public static void ended(
      PricedCall call, PassageConclusion end, Charge charge, int attempts, RelayMetrics metrics) {
    long ms = call.millisecondsTo(System.nanoTime());
    Optional<RequestTrace> trace = call.context().trace();
    if (trace.isPresent()) {
      trace.get().timing(() -> metrics.latency(ms));
    } else {
      metrics.latency(ms);
    }
    if (end.status() == PassageConclusion.HUNG_UP) {
      metrics.hungUp();
    } else if (end.error().isEmpty()) {
      metrics.served();
    } else if (end.error().get() == ErrorCode.INSUFFICIENT_MEANS) {
      metrics.cutShort();
    } else {
      metrics.refused(end.error().get());
    }
    call.context()
        .addTo(log.atInfo())
        .addKeyValue("tenant_id", call.holder().tenant().value())
        .addKeyValue("user_id", call.holder().user().value())
        .addKeyValue("model", call.model().id())
        .addKeyValue("stream", call.chat().stream())
        .addKeyValue("status", end.status())
        .addKeyValue("error", end.error().map(ErrorCode::name).orElse(""))
        .addKeyValue("input_tokens", end.usage().input())
        .addKeyValue("output_tokens", end.usage().output())
        .addKeyValue("reported", end.reported())
        .addKeyValue("quota_tokens", charge.quotaTokens())
        .addKeyValue("paid_units", charge.paid())
        .addKeyValue("owed_units", charge.owed())
        .addKeyValue("attempts", attempts)
        .addKeyValue("duration_ms", ms)
        .log("passage recorded");
  }
}
