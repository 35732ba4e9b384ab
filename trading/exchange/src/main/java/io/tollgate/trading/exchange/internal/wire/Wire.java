package io.tollgate.trading.exchange.internal.wire;

/** Sends a call once, never a second time, and waits for what comes of it. */
public interface Wire {
  WireResult send(WireCall call);
}
