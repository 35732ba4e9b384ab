package io.tollgate.edge.merchant;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The steps of calls that move money at which tests make a process die. */
enum MerchantStep {
  /** The key is taken within the transaction; nothing has been done under it. */
  KEY_TAKEN,
  /** The money has moved and the answer is kept within the transaction, which is not committed. */
  ANSWER_KEEPING,
  /** It is committed; the caller has not been answered. */
  ANSWER_KEPT;

  /** What the codes begin with. */
  static final String PREFIX = "merchant-";

  /** The step's name in lower case with dashes, after {@code merchant-}. */
  String code() {
    return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(MerchantStep::code).toList();
  }
}
