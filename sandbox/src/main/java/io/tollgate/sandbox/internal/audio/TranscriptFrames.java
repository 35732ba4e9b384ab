package io.tollgate.sandbox.internal.audio;

import io.tollgate.sandbox.internal.exchange.Frames;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.served.Usage;

/** What was heard, word by word. */
final class TranscriptFrames implements Frames {
  private final Transcript transcript;

  TranscriptFrames(Transcript transcript) {
    this.transcript = transcript;
  }

  @Override
  public int steps() {
    return transcript.text().pieces();
  }

  @Override
  public void opening(StringBuilder out) {
    // the first word comes first
  }

  @Override
  public void step(StringBuilder out, int step) {
    out.append("data: {\"type\":\"transcript.text.delta\",\"delta\":");
    JsonText.quote(out, transcript.text().piece(step));
    out.append("}\n\n");
  }

  @Override
  public void ending(StringBuilder out) {
    out.append("data: {\"type\":\"transcript.text.done\",\"text\":");
    JsonText.quote(out, transcript.text().whole());
    transcript.usage(out);
    out.append("}\n\n");
  }

  @Override
  public Usage delivered(int steps) {
    return transcript.usage().withOutput(steps);
  }
}
