package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Signature;
import java.util.List;
import java.util.Optional;

/**
 * What a model thought before it called a tool, which its provider wants back and the caller's
 * protocol has no place for.
 *
 * @param before thoughts since the call before, in order: with signatures, or redacted
 * @param ofCall the call's own signature
 */
public record Thoughts(List<Part> before, Optional<Signature> ofCall) {
  public Thoughts {
    before = List.copyOf(before);
    requireNonNull(ofCall, "ofCall is null");
  }

  /** Bytes of all texts. */
  long bytes() {
    long bytes = ofCall.map(signature -> signature.text().length()).orElse(0);
    for (Part part : before) {
      bytes +=
          switch (part) {
            case Part.Thinking thinking ->
                thinking.text().length()
                    + thinking.signature().map(each -> each.text().length()).orElse(0);
            case Part.RedactedThinking redacted -> redacted.data().text().length();
            case Part.Text _,
                Part.Refusal _,
                Part.Image _,
                Part.Document _,
                Part.Audio _,
                Part.ToolCall _,
                Part.ToolResult _ ->
                0;
          };
    }
    return bytes;
  }

  /** Says nothing of what was thought. */
  @Override
  public String toString() {
    return "Thoughts[" + before.size() + "]";
  }
}
