package io.tollgate.relay.gateway.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.upstream.UpstreamCalls;

/** A request that may go on its way: what it costs, and what is sent upstream for it. */
record ReadyCall(PricedCall call, UpstreamCalls calls) {
  ReadyCall {
    requireNonNull(call, "call is null");
    requireNonNull(calls, "calls is null");
  }
}
