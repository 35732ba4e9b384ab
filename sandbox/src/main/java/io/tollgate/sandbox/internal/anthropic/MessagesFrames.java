package io.tollgate.sandbox.internal.anthropic;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Steps;
import io.tollgate.sandbox.internal.exchange.Frames;
import io.tollgate.sandbox.internal.served.Usage;
import java.util.List;

/** A message as a stream: block after block, a delta for each token. */
final class MessagesFrames implements Frames {
  private final MessagesWriter writer;
  private final Steps steps;
  private final List<Content> parts;
  private int open = -1;
  private int index;

  MessagesFrames(Answer answer, MessagesWriter writer) {
    this.writer = writer;
    this.steps = new Steps(answer, true);
    this.parts = steps.parts(0);
    this.index = writer.lookups() - 1;
  }

  @Override
  public int steps() {
    return steps.count();
  }

  @Override
  public void opening(StringBuilder out) {
    writer.start(out);
    writer.lookups(out);
  }

  @Override
  public void step(StringBuilder out, int step) {
    openUpTo(out, steps.part(step));
    writer.delta(out, steps.content(step), index, steps.position(step));
  }

  private void openUpTo(StringBuilder out, int part) {
    while (open < part) {
      close(out);
      open++;
      if (MessagesWriter.isTold(parts.get(open))) {
        writer.blockStart(out, parts.get(open), ++index);
      }
    }
  }

  private void close(StringBuilder out) {
    if (open >= 0 && MessagesWriter.isTold(parts.get(open))) {
      writer.blockStop(out, parts.get(open), index);
    }
  }

  @Override
  public void ending(StringBuilder out) {
    openUpTo(out, parts.size() - 1);
    close(out);
    writer.end(out);
  }

  @Override
  public Usage delivered(int delivered) {
    return steps.delivered(delivered);
  }
}
