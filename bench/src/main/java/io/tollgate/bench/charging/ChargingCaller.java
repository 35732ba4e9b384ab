package io.tollgate.bench.charging;

/** One backend's connection, on which users' calls are checked and deducted. For one thread. */
interface ChargingCaller extends AutoCloseable {
  /** Asks whether a call would be let through; true where it is. */
  boolean check(String user) throws Exception;

  /** Charges a call; true where it was. */
  boolean deduct(String user, String requestId) throws Exception;

  @Override
  void close();
}
