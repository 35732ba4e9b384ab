package io.tollgate.relay.protocols;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import java.util.Optional;

/** What is known of an answer's cost. Confined to one thread at a time. */
public interface UsageTap {
  /** What the upstream reported, as far as it is believed; empty where there is no such report. */
  Optional<TokenUsage> reported();

  /** Why a report was not believed, for a warning; holds numbers and names of fields only. */
  Optional<String> disbelieved();

  /** The service tier that served, where the upstream named one. */
  Optional<ServiceTier> servedTier();

  /** Whether anything was produced: text, a refusal, a tool call. */
  boolean contentSeen();

  /** Output tokens of what has come so far, counted by us; costs some microseconds. */
  long countedOutput();

  /**
   * The same for free, mostly some hundred more at most: to see whether it is time to compare
   * {@link #countedOutput} with a reservation.
   */
  long roughOutput();

  /**
   * What is to be charged for an answer that is over, whole or broken: the report, else what we
   * counted, never cut to a limit that the upstream did not keep; nothing when nothing was
   * produced.
   */
  TokenUsage usage();

  /**
   * What is to be charged for an answer that its caller left: the upstream bills the input in any
   * case. The report, else the counted input and the output so far.
   */
  TokenUsage usageSoFar();
}
