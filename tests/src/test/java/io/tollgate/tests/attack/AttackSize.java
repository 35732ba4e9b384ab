package io.tollgate.tests.attack;

/**
 * How large the attacks are.
 *
 * @param name of the size
 * @param badEscapes requests whose query has a bad escape
 * @param declaredBodies connections that say that a large body comes
 * @param unfinishedBodies connections whose body never comes
 * @param slowCalls calls of one key that get no answer
 * @param errorStreams streams that end in an error
 * @param failedLogins with names that nobody has
 * @param heldBodies login bodies that are never finished
 * @param silentReaders callers who do not read their streams
 * @param manyMessages messages in one body
 */
record AttackSize(
    String name,
    int badEscapes,
    int declaredBodies,
    int unfinishedBodies,
    int slowCalls,
    int errorStreams,
    int failedLogins,
    int heldBodies,
    int silentReaders,
    int manyMessages) {
  /** Seconds altogether; part of the normal suite. */
  static final AttackSize SMALL =
      new AttackSize("small", 400, 24, 200, 320, 12, 6, 100, 12, 20_000);

  /** What brought earlier builds down. */
  static final AttackSize FULL =
      new AttackSize("full", 20_000, 230, 10_000, 2_600, 200, 120, 660, 120, 900_000);
}
