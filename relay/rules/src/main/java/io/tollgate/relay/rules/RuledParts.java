package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.rules.internal.NoAnswers;

/** What a gateway needs to go by the rules; all of it safe for use by many threads. */
public record RuledParts(RequestRules rules, AnswerCache answers) {
  /** For a gateway where nobody has any rules. */
  public static final RuledParts NONE = new RuledParts(RequestRules.NOBODYS, new NoAnswers());

  public RuledParts {
    requireNonNull(rules, "rules is null");
    requireNonNull(answers, "answers is null");
  }
}
