package io.tollgate.tests.crash;

import java.util.random.RandomGenerator;

/** Who is killed. */
enum Victim {
  GATEWAY,
  /** A gateway that recovers what the one before it left. */
  STARTING_GATEWAY,
  /** The first process of the database; its others notice. */
  POSTGRES,
  /** Every process of the database at once. */
  ALL_OF_POSTGRES,
  GATEWAY_AND_POSTGRES,
  SANDBOX,
  GATEWAY_AND_SANDBOX;

  private static final int GATEWAY_OF_TEN = 9;
  private static final int STARTING_OF_TEN = 2;

  /** Nine in ten are the gateway, beside a running database. */
  static Victim choose(RandomGenerator random) {
    if (random.nextInt(10) < GATEWAY_OF_TEN) {
      return random.nextInt(10) < STARTING_OF_TEN ? STARTING_GATEWAY : GATEWAY;
    }
    Victim[] others = {
      POSTGRES, ALL_OF_POSTGRES, GATEWAY_AND_POSTGRES, SANDBOX, GATEWAY_AND_SANDBOX
    };
    return others[random.nextInt(others.length)];
  }

  boolean gateway() {
    return this == GATEWAY
        || this == STARTING_GATEWAY
        || this == GATEWAY_AND_POSTGRES
        || this == GATEWAY_AND_SANDBOX;
  }

  boolean postgres() {
    return this == POSTGRES || this == ALL_OF_POSTGRES || this == GATEWAY_AND_POSTGRES;
  }

  boolean sandbox() {
    return this == SANDBOX || this == GATEWAY_AND_SANDBOX;
  }
}
