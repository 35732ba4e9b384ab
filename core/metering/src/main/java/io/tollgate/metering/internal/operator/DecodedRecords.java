package io.tollgate.metering.internal.operator;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Asset;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.UnbookedCharges.Decoded;
import io.tollgate.metering.UnbookedCharges.Ended;
import io.tollgate.metering.UnbookedCharges.Leg;
import io.tollgate.metering.UnbookedCharges.Request;
import io.tollgate.metering.internal.meterlog.LogRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Records of logs as the operator reads them. */
final class DecodedRecords {
  private final QuoteBook quotes;

  DecodedRecords(QuoteBook quotes) {
    this.quotes = requireNonNull(quotes, "quotes is null");
  }

  List<Decoded> of(List<LogRecord> records) {
    Optional<String> opened =
        records.stream()
            .filter(LogRecord.Intent.class::isInstance)
            .map(record -> ((LogRecord.Intent) record).priceVersion())
            .findFirst();
    return records.stream().map(record -> of(record, opened)).toList();
  }

  private Decoded of(LogRecord record, Optional<String> opened) {
    return switch (record) {
      case LogRecord.Intent intent ->
          new Decoded(
              "intent",
              intent.at(),
              intent.estimate(),
              legs(intent.legs()),
              Optional.of(
                  new Request(
                      intent.apiKey().value(),
                      intent.protocol().code(),
                      intent.model(),
                      intent.stream(),
                      intent.clientRequestId(),
                      intent.priceVersion())),
              Optional.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              currency(Optional.of(intent.priceVersion())));
      case LogRecord.Progress progress ->
          new Decoded(
              "progress",
              progress.at(),
              progress.usage(),
              legs(progress.legs()),
              Optional.empty(),
              Optional.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              currency(opened));
      case LogRecord.Result result ->
          new Decoded(
              "result",
              result.at(),
              result.usage(),
              legs(result.legs()),
              Optional.empty(),
              Optional.of(
                  new Ended(
                      result.httpStatus(),
                      result.errorCode(),
                      result.upstreamAccount(),
                      result.upstreamModel(),
                      result.attempts(),
                      result.reported())),
              OptionalLong.of(result.price()),
              OptionalLong.of(result.uncovered()),
              currency(result.priceVersion().or(() -> opened)));
      case LogRecord.Close close ->
          new Decoded(
              "close",
              close.at(),
              TokenUsage.NONE,
              List.of(),
              Optional.empty(),
              Optional.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              Optional.empty());
    };
  }

  private static List<Leg> legs(List<LogRecord.Leg> legs) {
    return legs.stream()
        .map(leg -> new Leg(leg.kind().name().toLowerCase(Locale.ROOT), leg.account(), leg.units()))
        .toList();
  }

  /** A version that cannot be read may be why the charge is an exception. */
  private Optional<Asset> currency(Optional<String> version) {
    try {
      return version.map(text -> quotes.byVersion(text).currency());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
