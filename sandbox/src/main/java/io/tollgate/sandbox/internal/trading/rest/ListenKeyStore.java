package io.tollgate.sandbox.internal.trading.rest;

import java.util.Optional;

/** Keys by which accounts' streams are opened; one at a time for an account, named by its key. */
public interface ListenKeyStore {
  /** The account's key, made where it has none, and good for another hour. */
  String take(String account, long now);

  /** Makes the account's key good for another hour; empty where it has none. */
  Optional<String> extend(String account, long now);

  /** Takes the account's key away, and tells which it was. */
  Optional<String> remove(String account);

  /** Ends all keys, as if their hour were over. */
  void expireAll();

  /** How often a key was taken or made good for longer, since the start. */
  Taken taken();

  /** Counts of both. */
  record Taken(long taken, long extended) {}
}
