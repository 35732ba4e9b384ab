package io.tollgate.relay.gateway.internal;

/** How a call upstream went, as metrics tell it. */
enum AttemptResult {
  ANSWERED,
  ERROR_STATUS,
  UNREACHABLE,
  TOO_SLOW,
  BUSY;

  static AttemptResult of(UpstreamError error) {
    return switch (error) {
      case UpstreamError.Answered _ -> ERROR_STATUS;
      case UpstreamError.Unreachable _ -> UNREACHABLE;
      case UpstreamError.TooSlow _ -> TOO_SLOW;
      case UpstreamError.Busy _ -> BUSY;
      case UpstreamError.NoAccount _ -> BUSY;
    };
  }
}
