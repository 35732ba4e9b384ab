package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.rules.internal.NoAnswers;

/** What a gateway needs to go by the rules; all of it safe for use by many threads. */
public record RuledParts(
    RequestRules rules, AnswerCache answers, FilterConfig filters, PromptLog prompts) {
  /** For a gateway where nobody has any rules. */
  public static final RuledParts NONE =
      new RuledParts(RequestRules.NOBODYS, new NoAnswers(), new FilterConfig(1), PromptLog.NOTHING);

  public RuledParts {
    requireNonNull(rules, "rules is null");
    requireNonNull(answers, "answers is null");
    requireNonNull(filters, "filters is null");
    requireNonNull(prompts, "prompts is null");
  }
}
