package io.tollgate.identity;

/** Makes passwords that nobody guesses and that can be typed. */
@FunctionalInterface
public interface RandomPasswords {
  /** Another one, of 119 bits. */
  String next();
}
