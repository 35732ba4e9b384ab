package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

/**
 * Whether what came with a status of success is an answer. Providers and what stands before them
 * answer 200 with errors, with pages of HTML and with nothing at all.
 */
public sealed interface AnswerVerdict {
  /** Something for the caller: text, a call, a refusal, or the word that a filter stopped it. */
  record Answer() implements AnswerVerdict {}

  /**
   * An answer by its form in which nothing was produced: only a role and an end. It goes to the
   * caller, and is free.
   */
  record Empty() implements AnswerVerdict {}

  /**
   * An error in place of an answer, to be treated as if it had come with its status: another
   * account may be tried; nothing is charged. In a stream only before anything was passed on.
   *
   * @param fault what the upstream said, cleaned; its status is the one named in the error, else
   *     502
   */
  record Failed(UpstreamFault fault) implements AnswerVerdict {
    public Failed {
      requireNonNull(fault, "fault is null");
    }
  }

  /**
   * No answer: no body, no JSON, a document that breaks off, no choice in it. Another account may
   * be tried, else the caller is told that the upstream failed; nothing is charged.
   *
   * @param what why, for the log; holds nothing of the body
   */
  record NoAnswer(String what) implements AnswerVerdict {
    public NoAnswer {
      requireNonNull(what, "what is null");
    }
  }
}
