package io.tollgate.edge.merchant;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;

/** The same sentence in both languages. */
record Sentence(String chinese, String english) {
  Sentence {
    requireNonNull(chinese, "chinese is null");
    requireNonNull(english, "english is null");
  }

  String in(Language language) {
    return switch (language) {
      case CHINESE -> chinese;
      case ENGLISH -> english;
    };
  }

  /** That a parameter must be given. */
  static Sentence missing(String name, Sentence expected) {
    return new Sentence(
        "缺少参数 " + name + "（应为：" + expected.chinese + "）",
        name + " is missing (expected: " + expected.english + ")");
  }

  /** That what was given is not what may stand there. */
  static Sentence wrong(String name, String given, Sentence expected) {
    return wrongHidden(name, GivenText.shown(given), expected);
  }

  /**
   * The same where the text itself is not to be repeated.
   *
   * @param instead what is said of it, e.g. how long it is
   */
  static Sentence wrongHidden(String name, String instead, Sentence expected) {
    return new Sentence(
        name + "：" + instead + "（应为：" + expected.chinese + "）",
        name + ": " + instead + " (expected: " + expected.english + ")");
  }
}
