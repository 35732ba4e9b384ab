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
    OptionalLong firstTokenMs) {
  public PassageResult {
    requireNonNull(usage, "usage is null");
    requireNonNull(errorCode, "errorCode is null");
    requireNonNull(upstreamAccount, "upstreamAccount is null");
    requireNonNull(upstreamModel, "upstreamModel is null");
    requireNonNull(firstTokenMs, "firstTokenMs is null");
  }
}
