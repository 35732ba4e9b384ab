package io.tollgate.relay.protocols.anthropic.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes parts that may come interleaved as blocks one after the other: a text that another part
 * interrupts goes on in a further block, a call is ended before anything else begins, and what
 * begins meanwhile waits. Memory is bounded. Confined to one thread.
 */
final class SerialParts {
  /** Most bytes that wait; beyond, the call that is open ends where it is. */
  static final int MAX_WAITING_BYTES = 4 * 1024 * 1024;

  /** Most parts that may go on after another has interrupted them; the first are forgotten. */
  static final int MAX_INTERRUPTED = 1024;

  // what a part that waits takes beside its text
  private static final int WAITING_OVERHEAD_BYTES = 256;

  /** A part that waits for the one before it to end. */
  private static final class Waiting {
    final PartBegin what;
    final ByteSink text = new ByteSink();
    @Nullable Signature signature;
    boolean ended;

    Waiting(PartBegin what) {
      this.what = what;
    }
  }

  private final OwnBlocks own;
  private final BlockStream blocks = new BlockStream();
  private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();
  // begun, ended for another's sake, and not over yet
  private final Map<Integer, PartBegin> interrupted = new LinkedHashMap<>();
  private int waitingBytes;
  private int current = -1;
  private @Nullable PartBegin what;
  private ArgumentsProgress arguments = new ArgumentsProgress();

  SerialParts(OwnBlocks own) {
    this.own = requireNonNull(own, "own is null");
  }

  void begun(int part, PartBegin begins, ByteSink out) {
    if (waits()) {
      waiting.put(part, new Waiting(kept(begins)));
      hold(overhead(begins), out);
      return;
    }
    interrupt(out);
    open(part, begins, out);
  }

  void more(int part, JsonString text, ByteSink out) {
    if (part == current) {
      write(text, out);
      return;
    }
    if (!waiting.containsKey(part)) {
      PartBegin goesOn = interrupted.remove(part);
      if (goesOn == null || goesOn instanceof PartBegin.ToolCall) {
        return;
      }
      begun(part, goesOn, out);
      more(part, text, out);
      return;
    }
    requireNonNull(waiting.get(part)).text.add(text.bytes(), text.from(), text.to());
    hold(text.length(), out);
  }

  void signed(int part, Signature signature, ByteSink out) {
    if (part == current) {
      blocks.signed(signature, out);
    } else if (waiting.get(part) instanceof Waiting waits) {
      waits.signature = new Signature(signature.protocol(), signature.text().kept());
    }
  }

  void ended(int part, ByteSink out) {
    interrupted.remove(part);
    if (waiting.get(part) instanceof Waiting waits) {
      waits.ended = true;
    } else if (part == current) {
      close(out);
      openWaiting(out);
    }
  }

  /** All parts end. */
  void endAll(ByteSink out) {
    while (current >= 0) {
      close(out);
      openWaiting(out);
    }
    interrupted.clear();
  }

  void take(AnswerEvent event, ByteSink out) {
    switch (event) {
      case AnswerEvent.PartBegun(int part, PartBegin begins) -> begun(part, begins, out);
      case AnswerEvent.More(int part, JsonString text) -> more(part, text, out);
      case AnswerEvent.Signed(int part, Signature signature) -> signed(part, signature, out);
      case AnswerEvent.PartEnded(int part) -> ended(part, out);
      case AnswerEvent.Ended _, AnswerEvent.Failed _ -> {}
    }
  }

  /** So much more waits: beyond the bound, the call that is open ends where it is. */
  private void hold(int bytes, ByteSink out) {
    waitingBytes += bytes;
    if (waitingBytes > MAX_WAITING_BYTES) {
      interrupt(out);
      openWaiting(out);
    }
  }

  /** Whether what begins must wait: for a call whose arguments have begun and not ended. */
  private boolean waits() {
    return current >= 0 && what instanceof PartBegin.ToolCall && !arguments.complete();
  }

  private void open(int part, PartBegin begins, ByteSink out) {
    current = part;
    what = begins;
    arguments = new ArgumentsProgress();
    own.written(part)
        .ifPresentOrElse(block -> blocks.beginWritten(block, out), () -> blocks.begin(begins, out));
  }

  private void write(JsonString text, ByteSink out) {
    if (own.written(current).isPresent()) {
      return;
    }
    if (what instanceof PartBegin.ToolCall) {
      arguments.add(text);
    }
    blocks.more(text, out);
  }

  private void interrupt(ByteSink out) {
    if (current >= 0) {
      if (interrupted.size() == MAX_INTERRUPTED) {
        interrupted.remove(interrupted.keySet().iterator().next());
      }
      interrupted.put(current, requireNonNull(what));
      close(out);
    }
  }

  private void close(ByteSink out) {
    blocks.end(out);
    current = -1;
    what = null;
  }

  /** Opens those that waited, up to the first that is not over. */
  private void openWaiting(ByteSink out) {
    while (current < 0 && !waiting.isEmpty()) {
      Map.Entry<Integer, Waiting> first = waiting.entrySet().iterator().next();
      waiting.remove(first.getKey());
      Waiting waited = first.getValue();
      open(first.getKey(), waited.what, out);
      int length = waited.text.length();
      waitingBytes -= length + overhead(waited.what);
      if (length > 0) {
        write(new JsonString(waited.text.array(), 0, length, true), out);
      }
      if (waited.signature != null) {
        blocks.signed(waited.signature, out);
      }
      if (waited.ended) {
        close(out);
      } else if (!waiting.isEmpty() && !waits()) {
        interrupt(out);
      }
    }
  }

  private static int overhead(PartBegin waits) {
    return WAITING_OVERHEAD_BYTES
        + (waits instanceof PartBegin.Produced(Media.Inline media) ? media.base64().length() : 0);
  }

  private static PartBegin kept(PartBegin begins) {
    return switch (begins) {
      case PartBegin.ToolCall(JsonString id, JsonString name) ->
          new PartBegin.ToolCall(id.kept(), name.kept());
      case PartBegin.RedactedThinking(Signature data) ->
          new PartBegin.RedactedThinking(new Signature(data.protocol(), data.text().kept()));
      case PartBegin.Produced(Media.Inline media) ->
          new PartBegin.Produced(new Media.Inline(media.type(), media.base64().kept()));
      case PartBegin.Text _, PartBegin.Refusal _, PartBegin.Thinking _ -> begins;
    };
  }
}
