package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RateHeaderNames.ResetForm;

/**
 * The headers in which the callers of a protocol look for their limits.
 *
 * @param requests of requests per minute
 * @param tokens of tokens per minute
 */
public record RateHeaders(RateHeaderNames requests, RateHeaderNames tokens) {
  /**
   * Those that every caller gets: OpenAI's (<a
   * href="https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers">rate limits
   * in headers</a>).
   */
  public static final RateHeaders COMMON =
      new RateHeaders(
          new RateHeaderNames(
              "x-ratelimit-limit-requests",
              "x-ratelimit-remaining-requests",
              "x-ratelimit-reset-requests",
              ResetForm.SPAN),
          new RateHeaderNames(
              "x-ratelimit-limit-tokens",
              "x-ratelimit-remaining-tokens",
              "x-ratelimit-reset-tokens",
              ResetForm.SPAN));

  public RateHeaders {
    requireNonNull(requests, "requests is null");
    requireNonNull(tokens, "tokens is null");
  }

  /**
   * Headers whose names end in {@code -limit}, {@code -remaining} and {@code -reset}, the last with
   * a time of day.
   *
   * @param requests how those of requests begin, such as {@code anthropic-ratelimit-requests}
   * @param tokens how those of tokens begin
   */
  public static RateHeaders beginning(String requests, String tokens) {
    return new RateHeaders(ending(requests), ending(tokens));
  }

  private static RateHeaderNames ending(String beginning) {
    return new RateHeaderNames(
        beginning + "-limit", beginning + "-remaining", beginning + "-reset", ResetForm.TIME);
  }
}
