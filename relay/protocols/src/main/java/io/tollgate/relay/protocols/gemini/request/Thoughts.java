package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.List;
import java.util.Optional;

/**
 * What was thought, told in pieces: callers who read a stream send its parts back as they came, and
 * the signature, which is of the whole, with the last. Used for one content.
 */
final class Thoughts {
  private ByteSink words = new ByteSink();
  private boolean escaped;
  private boolean any;

  /** Adds a piece; where it brings the signature, the thought is whole and goes to the parts. */
  void add(JsonString text, Optional<SignatureText.Found> signature, List<Part> parts) {
    if (signature.filter(SignatureText.Found::redacted).isPresent()) {
      end(parts);
      parts.add(new Part.RedactedThinking(signature.get().signature()));
      return;
    }
    words.add(text.bytes(), text.from(), text.to());
    escaped |= text.escaped();
    any = true;
    if (signature.isPresent()) {
      end(signature, parts);
    }
  }

  /** Something else follows. */
  void end(List<Part> parts) {
    end(Optional.empty(), parts);
  }

  private void end(Optional<SignatureText.Found> signature, List<Part> parts) {
    if (any) {
      JsonString whole = new JsonString(words.array(), 0, words.length(), escaped);
      parts.add(new Part.Thinking(whole, signature.map(SignatureText.Found::signature)));
      words = new ByteSink();
      escaped = false;
      any = false;
    }
  }
}
