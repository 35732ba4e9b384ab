package io.tollgate.tests.attack;

import org.junit.jupiter.api.Tag;

/** The attacks in a size for every day. */
@Tag("slow")
class SmallAttacksTest extends Attacks {
  SmallAttacksTest() {
    super(AttackSize.SMALL);
  }
}
