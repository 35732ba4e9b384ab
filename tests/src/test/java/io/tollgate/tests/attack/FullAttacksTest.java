package io.tollgate.tests.attack;

import org.junit.jupiter.api.Tag;

/** The attacks in full: {@code ./tollgate test attack}. */
@Tag("slow")
@Tag("attack")
class FullAttacksTest extends Attacks {
  FullAttacksTest() {
    super(AttackSize.FULL);
  }
}
