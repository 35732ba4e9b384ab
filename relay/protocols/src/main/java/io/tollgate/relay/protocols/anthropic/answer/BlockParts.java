package io.tollgate.relay.protocols.anthropic.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an answer by the places of their blocks, and what is told of them. Sloppy upstreams
 * leave out the beginning of a block, or say all of a call at once: both are read. Confined to one
 * thread.
 */
final class BlockParts {
  /** Blocks that may be open at once; further ones are not read. */
  static final int MAX_OPEN = 1024;

  /** A block that has begun. */
  private static final class Open {
    final int part;
    final BlockKind kind;
    // what the beginning says of the arguments; what follows replaces it
    @Nullable JsonString input;

    Open(int part, BlockKind kind) {
      this.part = part;
      this.kind = kind;
    }
  }

  private final Map<Integer, Open> open = new HashMap<>();
  private final String requestId;
  private int begun;

  /**
   * @param requestId of which ids are made for calls that have none
   */
  BlockParts(String requestId) {
    this.requestId = requireNonNull(requestId, "requestId is null");
  }

  /** Whether anything has begun. */
  boolean any() {
    return begun > 0;
  }

  /** Whether no further block is read. */
  boolean full() {
    return open.size() >= MAX_OPEN;
  }

  /** The part that begins next. */
  int next() {
    return begun;
  }

  /** A block of a kind that every protocol knows begins. */
  void begin(int index, BlockFields block, byte[] bytes, Consumer<AnswerEvent> out) {
    switch (block.kind) {
      case TEXT -> {
        Open begins = open(index, BlockKind.TEXT, new PartBegin.Text(), out);
        more(begins, block.text, out);
      }
      case THINKING -> {
        Open begins = open(index, BlockKind.THINKING, new PartBegin.Thinking(), out);
        more(begins, block.thinking, out);
        signed(begins, block.signature, out);
      }
      case REDACTED_THINKING -> {
        Signature data = signature(text(block.data));
        open(index, BlockKind.REDACTED_THINKING, new PartBegin.RedactedThinking(data), out);
      }
      case TOOL_USE -> call(index, BlockKind.TOOL_USE, block, bytes, out);
      case SERVER_TOOL_USE, MCP_TOOL_USE, OTHER -> {}
    }
  }

  /** A block that only Anthropic's callers know begins; it is told as a call. */
  void beginOther(int index, BlockFields block, byte[] bytes, Consumer<AnswerEvent> out) {
    call(index, block.kind, block, bytes, out);
  }

  /** More of a block. */
  void more(int index, BlockFields delta, Consumer<AnswerEvent> out) {
    Open block = open.get(index);
    if (block == null) {
      if (delta.text != null) {
        block = open(index, BlockKind.TEXT, new PartBegin.Text(), out);
      } else if (delta.thinking != null) {
        block = open(index, BlockKind.THINKING, new PartBegin.Thinking(), out);
      }
    }
    if (block == null) {
      return;
    }
    switch (block.kind) {
      case TEXT -> more(block, delta.text, out);
      case THINKING -> {
        more(block, delta.thinking, out);
        signed(block, delta.signature, out);
      }
      case TOOL_USE, SERVER_TOOL_USE, MCP_TOOL_USE -> {
        if (delta.partialJson != null && !delta.partialJson.isEmpty()) {
          block.input = null;
          more(block, delta.partialJson, out);
        }
      }
      case REDACTED_THINKING, OTHER -> {}
    }
  }

  /** A block ends. */
  void end(int index, Consumer<AnswerEvent> out) {
    Open block = open.remove(index);
    if (block != null) {
      more(block, block.input, out);
      out.accept(new AnswerEvent.PartEnded(block.part));
    }
  }

  private void call(
      int index, BlockKind kind, BlockFields block, byte[] bytes, Consumer<AnswerEvent> out) {
    JsonString id =
        block.id == null || block.id.isEmpty()
            ? JsonString.of("toolu_" + requestId.replace("-", "") + "_" + begun)
            : block.id;
    Open begins = open(index, kind, new PartBegin.ToolCall(id, text(block.name)), out);
    if (begins != null && kind != BlockKind.OTHER) {
      begins.input = block.input(bytes);
    }
  }

  private @Nullable Open open(
      int index, BlockKind kind, PartBegin what, Consumer<AnswerEvent> out) {
    if (full() && !open.containsKey(index)) {
      return null;
    }
    // another of the same place ends the one before
    end(index, out);
    Open block = new Open(begun++, kind);
    open.put(index, block);
    out.accept(new AnswerEvent.PartBegun(block.part, what));
    return block;
  }

  private static void more(
      @Nullable Open block, @Nullable JsonString text, Consumer<AnswerEvent> out) {
    if (block != null && text != null && !text.isEmpty()) {
      out.accept(new AnswerEvent.More(block.part, text));
    }
  }

  private static void signed(
      @Nullable Open block, @Nullable JsonString signature, Consumer<AnswerEvent> out) {
    if (block != null && signature != null && !signature.isEmpty()) {
      out.accept(new AnswerEvent.Signed(block.part, signature(signature)));
    }
  }

  private static Signature signature(JsonString text) {
    return new Signature(Protocol.ANTHROPIC, text);
  }

  private static JsonString text(@Nullable JsonString text) {
    return text == null ? JsonString.EMPTY : text;
  }
}
