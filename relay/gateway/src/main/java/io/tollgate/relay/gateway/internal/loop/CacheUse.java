package io.tollgate.relay.gateway.internal.loop;

/** What became of a request of somebody whose answers are kept, as metrics count it. */
public enum CacheUse {
  /** Answered from the cache. */
  HIT,
  /** Asked for there and not found. */
  MISS,
  /** It has nothing to do with the cache, or is not to. */
  BYPASS
}
