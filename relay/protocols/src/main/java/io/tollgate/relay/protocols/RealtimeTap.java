package io.tollgate.relay.protocols;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;

/** Tells what one response of a realtime session has used so far. Confined to one thread. */
public interface RealtimeTap {
  /** What it reads, by kind, as we count it. */
  RealtimeNeed need();

  /** Output tokens of what has come so far, text and sound; usually some hundred too many. */
  long roughOutput();

  /** The same, counted; costs some microseconds. */
  long countedOutput();

  /** The input and what has come of output so far, by kind, as we count them. */
  TokenUsage counted();

  /** Whether anything was produced. */
  boolean produced();

  /**
   * What is charged for the response as far as it came: the provider's report where it can be true,
   * else what we counted; nothing when nothing was produced.
   */
  ChargedUsage charged(UsageBounds bounds);

  /** The same for a response that its caller left: the provider bills the input in any case. */
  ChargedUsage chargedSoFar(UsageBounds bounds);
}
