package io.tollgate.sandbox.internal.gemini;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Steps;
import io.tollgate.sandbox.internal.exchange.Frames;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;

/** Content as a stream of chunks: as events, or as one JSON array. */
final class GenerateFrames implements Frames {
  private final GenerateWriter writer;
  private final Steps steps;
  private final boolean events;
  private long output;
  private long thought;
  private boolean begun;

  GenerateFrames(Answer answer, GenerateWriter writer, boolean thoughtsShown, boolean events) {
    this.writer = writer;
    this.steps = new Steps(answer, thoughtsShown);
    this.events = events;
    Usage before = steps.delivered(0);
    this.thought = before.get(Kind.REASONING_TOKENS);
    this.output = thought;
  }

  @Override
  public String contentType() {
    return events ? "text/event-stream" : "application/json; charset=UTF-8";
  }

  @Override
  public int steps() {
    return steps.count();
  }

  @Override
  public void opening(StringBuilder out) {
    if (!events) {
      out.append('[');
    }
  }

  @Override
  public void step(StringBuilder out, int step) {
    Content content = steps.content(step);
    int position = steps.position(step);
    output++;
    if (content instanceof Content.Thought) {
      thought++;
    }
    if (content instanceof Content.Call call) {
      output += position == 0 ? call.head() : 0;
      if (position + 1 < call.pieces() || !call.isWhole()) {
        return;
      }
    } else if (content.piece(position).isEmpty()) {
      return;
    }
    before(out);
    writer.piece(out, steps.choice(step), content, content.piece(position), output, thought);
    after(out);
  }

  private void before(StringBuilder out) {
    out.append(events ? "data: " : begun ? ",\r\n" : "");
    begun = true;
  }

  private void after(StringBuilder out) {
    out.append(events ? "\r\n\r\n" : "");
  }

  @Override
  public void ending(StringBuilder out) {
    before(out);
    writer.end(out);
    after(out);
    if (!events) {
      out.append("]\n");
    }
  }

  @Override
  public Usage delivered(int delivered) {
    return steps.delivered(delivered);
  }
}
