package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Choice;
import io.tollgate.sandbox.internal.content.Steps;
import io.tollgate.sandbox.internal.exchange.Frames;
import io.tollgate.sandbox.internal.served.Usage;

/** A chat completion as a stream: one chunk per token and choice, the choices side by side. */
final class ChatFrames implements Frames {
  private final Answer answer;
  private final ChatWriter writer;
  private final Steps steps;

  ChatFrames(Answer answer, ChatWriter writer) {
    this.answer = answer;
    this.writer = writer;
    this.steps = new Steps(answer, false);
  }

  @Override
  public int steps() {
    return steps.count();
  }

  @Override
  public void opening(StringBuilder out) {
    for (Choice choice : answer.choices()) {
      writer.opening(out, choice);
    }
  }

  @Override
  public void step(StringBuilder out, int step) {
    writer.piece(
        out, steps.choice(step), steps.content(step), steps.part(step), steps.position(step));
  }

  @Override
  public void ending(StringBuilder out) {
    for (Choice choice : answer.choices()) {
      writer.finish(out, choice);
    }
    writer.ending(out);
  }

  @Override
  public Usage delivered(int delivered) {
    return steps.delivered(delivered);
  }
}
