package io.tollgate.sandbox.internal;

import java.util.List;

/** What a choice shows, in pieces of one token each. */
sealed interface Content {
  int pieces();

  String piece(int position);

  /** Tokens that come before the first piece. */
  int head();

  /** The same, ended after so many pieces. */
  Content first(int pieces);

  /** Words made up as they are said. */
  record Prose(long seed, int pieces) implements Content {
    @Override
    public String piece(int position) {
      return Words.at(seed, position);
    }

    @Override
    public int head() {
      return 0;
    }

    @Override
    public Content first(int most) {
      return new Prose(seed, Math.min(pieces, most));
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
    public int head() {
      return 0;
    }

    @Override
    public Content first(int most) {
      return new Text(text.subList(0, Math.min(text.size(), most)));
    }
  }

  /** A call of one tool; its pieces are the arguments, its head is the name. */
  record Call(String id, String name, int nameTokens, List<String> arguments) implements Content {
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
    public Content first(int most) {
      return new Call(id, name, nameTokens, arguments.subList(0, Math.min(arguments.size(), most)));
    }
  }
}
