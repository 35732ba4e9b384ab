package io.tollgate.sandbox.internal.content;

import java.util.List;

/** A part of what a choice shows, in pieces of one token each. */
public sealed interface Content {
  /** How many pieces there are. */
  int pieces();

  /** The piece at a position, from 0. */
  String piece(int position);

  /** Tokens that come before the first piece. */
  default int head() {
    return 0;
  }

  /** The same, ended after so many pieces. */
  Content first(int max);

  /** All pieces joined. */
  default String whole() {
    StringBuilder text = new StringBuilder(pieces() * 8);
    for (int i = 0; i < pieces(); i++) {
      text.append(piece(i));
    }
    return text.toString();
  }

  /** Words made up as they are said. */
  record Prose(long seed, int pieces) implements Content {
    @Override
    public String piece(int position) {
      return Words.at(seed, position);
    }

    @Override
    public Content first(int max) {
      return new Prose(seed, Math.min(pieces, max));
    }
  }

  /** What was thought before; whether it is shown is the protocol's matter. */
  record Thought(long seed, int pieces) implements Content {
    @Override
    public String piece(int position) {
      return Words.at(seed, position);
    }

    @Override
    public Content first(int max) {
      return new Thought(seed, Math.min(pieces, max));
    }
  }

  /** That there will be no answer, said in words. */
  record Refusal(long seed, int pieces) implements Content {
    @Override
    public String piece(int position) {
      return Words.at(seed, position);
    }

    @Override
    public Content first(int max) {
      return new Refusal(seed, Math.min(pieces, max));
    }
  }

  /** A text known beforehand. */
  record Text(List<String> text) implements Content {
    @Override
    public int pieces() {
      return text.size();
    }

    @Override
    public String piece(int position) {
      return text.get(position);
    }

    @Override
    public Content first(int max) {
      return new Text(text.subList(0, Math.min(text.size(), max)));
    }
  }

  /**
   * A call of one tool; its pieces are the arguments, its head is the name.
   *
   * @param isWhole whether the arguments are not cut off
   */
  record Call(long seed, String name, int nameTokens, List<String> arguments, boolean isWhole)
      implements Content {
    @Override
    public int pieces() {
      return arguments.size();
    }

    @Override
    public String piece(int position) {
      return arguments.get(position);
    }

    @Override
    public int head() {
      return nameTokens;
    }

    @Override
    public Content first(int max) {
      return max >= arguments.size()
          ? this
          : new Call(seed, name, nameTokens, arguments.subList(0, max), false);
    }

    /** An id for it that no other call of the same conversation has. */
    public String id(String prefix) {
      return prefix + Long.toHexString(Seeds.mix(seed));
    }
  }
}
