package io.tollgate.data;

/** Which PostgreSQL it is. */
public final class DatabaseVersion {
  private DatabaseVersion() {}

  /** As the server says it, e.g. {@code 18.1}. */
  public static String of(Transaction transaction) {
    return transaction.sql().fetchSingle("SHOW server_version").get(0, String.class);
  }
}
