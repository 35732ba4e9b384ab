package io.tollgate.relay.gateway.internal.passage;

/** Hears of one passage when its result is recorded and its caller has got the last byte. */
public interface PassageWitness {
  /**
   * @param filtered whether a filter of the provider stopped the answer
   */
  void recorded(PassageConclusion end, boolean filtered);
}
