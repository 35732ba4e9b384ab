package io.tollgate.relay.gateway.internal.provider;

/** The result of one call upstream, as metrics count it. */
public enum AttemptResult {
  ANSWERED,
  ERROR_STATUS,
  NO_ANSWER,
  /** A kept connection was closed before the answer; asked again on a fresh one. */
  STALE,
  /** What we add to requests was refused; asked again without it. */
  REFUSED_OURS,
  UNREACHABLE,
  TOO_SLOW,
  BUSY;

  public static AttemptResult of(UpstreamError error) {
    return switch (error) {
      case UpstreamError.Answered _ -> ERROR_STATUS;
      case UpstreamError.Told _, UpstreamError.NoAnswer _, UpstreamError.Encoded _ -> NO_ANSWER;
      case UpstreamError.Unreachable _ -> UNREACHABLE;
      case UpstreamError.TooSlow _ -> TOO_SLOW;
      case UpstreamError.Busy _ -> BUSY;
      case UpstreamError.NoAccount _, UpstreamError.Untold _ -> BUSY;
    };
  }
}
