package io.tollgate.schema;

import java.util.List;

/**
 * The contexts that keep data, and {@code watch}, which notes changes of theirs. Each has one
 * PostgreSQL schema of its name, one folder of migrations {@code db/<name>} on the class path, and
 * one package of generated classes below this one.
 */
public final class Contexts {
  /** In the order in which they are migrated. */
  public static final List<String> ALL =
      List.of(
          "data",
          "identity",
          "ledger",
          "metering",
          "billing",
          "rewards",
          "relay",
          "trading",
          "sync",
          "merchant",
          "insight",
          "watch");

  private Contexts() {}
}
