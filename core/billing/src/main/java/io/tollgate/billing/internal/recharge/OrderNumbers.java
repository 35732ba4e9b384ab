package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import java.util.random.RandomGenerator;

/** Numbers for channels: 24 letters and digits that nobody guesses. Fit for every channel. */
final class OrderNumbers {
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 22;

  private final RandomGenerator random;

  OrderNumbers(RandomGenerator random) {
    this.random = requireNonNull(random, "random is null");
  }

  String next() {
    StringBuilder number = new StringBuilder("TG");
    for (int i = 0; i < LENGTH; i++) {
      number.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return number.toString();
  }
}
