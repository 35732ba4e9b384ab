package io.tollgate.relay.protocols;

/** An answer that was held back whole, read and judged. Confined to one thread. */
public interface WholeAnswer extends UsageTap {
  /** Whether it is an error and no answer. */
  boolean errorSeen();

  /** What goes to the caller, in the form they asked for; the upstream's own bytes where it can. */
  byte[] body();
}
