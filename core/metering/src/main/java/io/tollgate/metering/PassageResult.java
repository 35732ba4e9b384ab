package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a passage ended.
 *
 * @param usage what is charged; {@link TokenUsage#NONE} when nothing was produced
 * @param reported whether the upstream reported it, or we counted it
 * @param httpStatus what the caller was answered; 499 when they hung up first
 * @param errorCode code of the error the caller was answered with, if any
 * @param upstreamAccount provider account that served it, if one did
 * @param upstreamModel model as named to the upstream
 * @param attempts calls made upstream
 * @param latencyMs from the request's arrival to its end
 * @param firstTokenMs from the request's arrival to the first byte of the answer's content
 * @param served the price of the service tier that served, where it is another than the request's
 */
public record PassageResult(
    TokenUsage usage,
    boolean reported,
    int httpStatus,
    Optional<String> errorCode,
    OptionalLong upstreamAccount,
    String upstreamModel,
    int attempts,
    long latencyMs,
    OptionalLong firstTokenMs,
    Optional<PriceQuote> served) {
  public PassageResult {
    requireNonNull(usage, "usage is null");
    requireNonNull(errorCode, "errorCode is null");
    requireNonNull(upstreamAccount, "upstreamAccount is null");
    requireNonNull(upstreamModel, "upstreamModel is null");
    requireNonNull(firstTokenMs, "firstTokenMs is null");
    requireNonNull(served, "served is null");
  }

  /** Charged at the price of the request. */
  public PassageResult(
      TokenUsage usage,
      boolean reported,
      int httpStatus,
      Optional<String> errorCode,
      OptionalLong upstreamAccount,
      String upstreamModel,
      int attempts,
      long latencyMs,
      OptionalLong firstTokenMs) {
    this(
        usage,
        reported,
        httpStatus,
        errorCode,
        upstreamAccount,
        upstreamModel,
        attempts,
        latencyMs,
        firstTokenMs,
        Optional.empty());
  }

  /** The same, charged at the price of the tier that served. */
  public PassageResult servedAt(PriceQuote quote) {
    return new PassageResult(
        usage,
        reported,
        httpStatus,
        errorCode,
        upstreamAccount,
        upstreamModel,
        attempts,
        latencyMs,
        firstTokenMs,
        Optional.of(quote));
  }

  /** The price it is charged at. */
  public PriceQuote quote(PassageRequest request) {
    return served.orElse(request.quote());
  }
}
