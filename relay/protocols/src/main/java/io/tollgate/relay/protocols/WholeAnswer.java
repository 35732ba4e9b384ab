package io.tollgate.relay.protocols;

/** An answer that was held back whole, read and judged. Confined to one thread. */
public interface WholeAnswer extends UsageTap {
  /** Whether it is one, and what to do where it is not. */
  AnswerVerdict verdict();

  /**
   * What goes to the caller, in the form that they asked for, whatever form the upstream chose: its
   * own bytes where the form is the same. For {@link AnswerVerdict.Answer} and {@link
   * AnswerVerdict.Empty} only.
   */
  byte[] body();

  /** The content type of {@link #body}. */
  String contentType();
}
