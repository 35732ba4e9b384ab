package io.tollgate.rewards;

import io.tollgate.ground.GivenText;
import java.util.Locale;

/** The two balances of a point card. */
public enum CardType {
  /** Paid for. Used first. */
  SELF(1),
  /** Given for nothing. */
  GIFT(2);

  private final int number;

  CardType(int number) {
    this.number = number;
  }

  /** As merchants' interfaces write it. */
  public int number() {
    return number;
  }

  /** As administrators' interfaces write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The type of a number.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is not 1 or 2
   */
  public static CardType of(String field, long number) {
    for (CardType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    throw GivenText.refused(field, Long.toString(number), "1 (self) or 2 (gift)");
  }

  /**
   * The type of a word.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is neither {@code self} nor
   *     {@code gift}
   */
  public static CardType of(String field, String code) {
    for (CardType type : values()) {
      if (type.code().equals(code)) {
        return type;
      }
    }
    throw GivenText.refused(field, code, "self or gift");
  }
}
