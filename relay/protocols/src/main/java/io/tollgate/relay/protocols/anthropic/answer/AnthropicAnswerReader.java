package io.tollgate.relay.protocols.anthropic.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one answer of an upstream that speaks Anthropic's protocol.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/streaming">Streaming</a>
 */
public final class AnthropicAnswerReader implements AnswerReader {
  private final AccountTraces traces;
  private final OwnBlocks own;
  private final boolean keepsAll;
  private final MessageUsage numbers = new MessageUsage();
  private final ReportedUsage usage = new ReportedUsage();
  private final EventFields fields = new EventFields(numbers);
  private final BlockFields documentBlock = new BlockFields();
  private final BlockParts parts;
  private boolean ended;

  private AnthropicAnswerReader(AnswerTerms terms, OwnBlocks own, boolean keepsAll) {
    this.traces = terms.traces();
    this.parts = new BlockParts(terms.requestId());
    this.own = requireNonNull(own, "own is null");
    this.keepsAll = keepsAll;
  }

  /** For callers of another protocol: blocks that have no word there are left out. */
  public static AnthropicAnswerReader translated(AnswerTerms terms) {
    return new AnthropicAnswerReader(terms, OwnBlocks.passing(), false);
  }

  /** For callers of Anthropic's protocol: every block is a part. */
  public static AnthropicAnswerReader own(AnswerTerms terms, OwnBlocks blocks) {
    return new AnthropicAnswerReader(terms, blocks, true);
  }

  @Override
  public Kind event(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    if (!read(bytes, from, to)) {
      return Kind.UNREADABLE;
    }
    EventFields.Type type = fields.type;
    if (type == null) {
      return fields.error ? failed(bytes, from, to, out) : Kind.NOTHING;
    }
    return switch (type) {
      case MESSAGE_START -> {
        told();
        yield Kind.ANSWER;
      }
      case BLOCK_START -> {
        own.begins(fields.index);
        if (fields.blockTo > fields.blockFrom) {
          begin(fields.index, fields.block, bytes, fields.blockFrom, fields.blockTo, out);
        }
        yield Kind.ANSWER;
      }
      case BLOCK_DELTA -> {
        parts.more(fields.index, fields.delta, out);
        yield Kind.ANSWER;
      }
      case BLOCK_STOP -> {
        own.ends(fields.index);
        parts.end(fields.index, out);
        yield Kind.ANSWER;
      }
      case MESSAGE_DELTA -> {
        told();
        end(reason(), out);
        yield Kind.ANSWER;
      }
      case MESSAGE_STOP -> {
        if (parts.any()) {
          end(Optional.of(FinishReason.OTHER), out);
        }
        yield Kind.END;
      }
      case MESSAGE -> message(bytes, from, to, out);
      case PING -> Kind.NOTHING;
      case ERROR -> failed(bytes, from, to, out);
    };
  }

  @Override
  public Kind document(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    return read(bytes, from, to) ? message(bytes, from, to, out) : Kind.UNREADABLE;
  }

  @Override
  public ReportedUsage usage() {
    return usage;
  }

  @Override
  public Optional<ServiceTier> tier() {
    return numbers.tier();
  }

  private boolean read(byte[] bytes, int from, int to) {
    try {
      JsonScanner scanner = new JsonScanner(bytes, from, to);
      JsonToken first = scanner.next();
      if (first != JsonToken.OBJECT_START) {
        return false;
      }
      fields.read(scanner, bytes);
      return true;
    } catch (JsonFault e) {
      return false;
    }
  }

  private Kind message(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    boolean complaint = fields.type == EventFields.Type.ERROR || fields.error;
    if (complaint || fields.contentFrom < 0) {
      return complaint || AnthropicFaults.complains(bytes, from, to)
          ? failed(bytes, from, to, out)
          : Kind.NOTHING;
    }
    readBlocks(bytes, out);
    // what it reports comes after what it tells of
    told();
    Optional<FinishReason> reason = reason();
    if (reason.isEmpty() && !parts.any()) {
      return Kind.NOTHING;
    }
    end(reason.or(() -> Optional.of(FinishReason.OTHER)), out);
    return Kind.ANSWER;
  }

  private void readBlocks(byte[] bytes, Consumer<AnswerEvent> out) {
    JsonScanner scanner = new JsonScanner(bytes, fields.contentFrom, fields.contentTo);
    scanner.next();
    int index = 0;
    for (JsonToken token = scanner.next(); token != JsonToken.ARRAY_END; token = scanner.next()) {
      if (token != JsonToken.OBJECT_START) {
        scanner.skipRest(token);
        continue;
      }
      int from = scanner.start();
      documentBlock.clear();
      documentBlock.read(scanner, bytes);
      begin(index, documentBlock, bytes, from, scanner.end(), out);
      parts.end(index, out);
      index++;
    }
  }

  private void begin(
      int index, BlockFields block, byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    if (block.kind == BlockKind.SERVER_TOOL_USE && block.name != null) {
      ServerTools.passed(block.name, usage);
    }
    boolean known =
        switch (block.kind) {
          case TEXT, THINKING, REDACTED_THINKING, TOOL_USE -> true;
          case SERVER_TOOL_USE, MCP_TOOL_USE, OTHER -> false;
        };
    if (known) {
      parts.begin(index, block, bytes, out);
    } else if (keepsAll && !parts.full()) {
      own.asWritten(parts.next(), bytes, from, to);
      parts.beginOther(index, block, bytes, out);
    }
  }

  private Optional<FinishReason> reason() {
    return Optional.ofNullable(fields.stopReason).map(JsonString::text).flatMap(StopReasons::read);
  }

  private void end(Optional<FinishReason> reason, Consumer<AnswerEvent> out) {
    if (reason.isPresent() && !ended) {
      ended = true;
      out.accept(new AnswerEvent.Ended(reason.get(), Optional.ofNullable(fields.stopSequence)));
    }
  }

  private void told() {
    if (fields.anyUsage) {
      numbers.tell(usage);
    }
  }

  private Kind failed(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    out.accept(new AnswerEvent.Failed(AnthropicFaults.inAnswer(bytes, from, to, traces)));
    return Kind.ERROR;
  }
}
