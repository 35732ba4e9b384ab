package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.ThoughtMemory;
import io.tollgate.relay.protocols.Thoughts;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what an answer thinks before each of its calls while another writes it. An answer that
 * breaks off leaves nothing. Confined to one thread.
 */
final class RememberingWriter implements AnswerWriter {
  private static final int MAX_CALLS = 256;

  private final AnswerWriter writer;
  private final long tenant;
  private final ThoughtMemory memory;
  private final Map<Integer, Thought> thoughts = new HashMap<>();
  private final Map<Integer, Call> calls = new HashMap<>();
  private final List<Call> inOrder = new ArrayList<>();
  private List<Thought> sinceLastCall = new ArrayList<>();
  private long bytes;

  RememberingWriter(AnswerWriter writer, long tenant, ThoughtMemory memory) {
    this.writer = requireNonNull(writer, "writer is null");
    this.tenant = tenant;
    this.memory = requireNonNull(memory, "memory is null");
  }

  private static final class Thought {
    final ByteSink text = new ByteSink();
    boolean escaped;
    @Nullable Signature signature;
    boolean redacted;

    Optional<Part> part() {
      if (signature == null) {
        return Optional.empty();
      }
      if (redacted) {
        return Optional.of(new Part.RedactedThinking(signature));
      }
      byte[] all = text.take();
      return Optional.of(
          new Part.Thinking(new JsonString(all, 0, all.length, escaped), Optional.of(signature)));
    }
  }

  private static final class Call {
    final String id;
    final List<Thought> before;
    @Nullable Signature signature;

    Call(String id, List<Thought> before) {
      this.id = id;
      this.before = before;
    }
  }

  @Override
  public boolean stream() {
    return writer.stream();
  }

  @Override
  public String contentType() {
    return writer.contentType();
  }

  @Override
  public void write(AnswerEvent event, ByteSink out) {
    take(event);
    writer.write(event, out);
  }

  @Override
  public void passed(AnswerEvent event) {
    writer.passed(event);
  }

  @Override
  public void end(TokenUsage usage, ByteSink out) {
    writer.end(usage, out);
  }

  @Override
  public void cutShort(CutNotice why, TokenUsage usage, ByteSink out) {
    writer.cutShort(why, usage, out);
  }

  @Override
  public void failed(UpstreamFault fault, ByteSink out) {
    writer.failed(fault, out);
  }

  @Override
  public void broken(Refusal refusal, ByteSink out) {
    writer.broken(refusal, out);
  }

  private void take(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.PartBegun(int part, PartBegin what) -> begun(part, what);
      case AnswerEvent.More(int part, JsonString text) -> {
        Thought thought = thoughts.get(part);
        if (thought != null && fits(text)) {
          thought.text.add(text.bytes(), text.from(), text.to());
          thought.escaped |= text.escaped();
        }
      }
      case AnswerEvent.Signed(int part, Signature signature) -> signed(part, signature);
      case AnswerEvent.Ended _ -> remember();
      case AnswerEvent.PartEnded _, AnswerEvent.Failed _ -> {}
    }
  }

  private void begun(int part, PartBegin what) {
    switch (what) {
      case PartBegin.Thinking _ -> {
        Thought thought = new Thought();
        thoughts.put(part, thought);
        sinceLastCall.add(thought);
      }
      case PartBegin.RedactedThinking(Signature data) -> {
        if (fits(data.text())) {
          Thought thought = new Thought();
          thought.redacted = true;
          thought.signature = kept(data);
          sinceLastCall.add(thought);
        }
      }
      case PartBegin.ToolCall(JsonString id, JsonString _) -> {
        if (inOrder.size() < MAX_CALLS && fits(id)) {
          Call call = new Call(id.text(), sinceLastCall);
          calls.put(part, call);
          inOrder.add(call);
          sinceLastCall = new ArrayList<>();
        }
      }
      case PartBegin.Text _, PartBegin.Refusal _, PartBegin.Produced _ -> {}
    }
  }

  private void signed(int part, Signature signature) {
    if (!fits(signature.text())) {
      return;
    }
    Thought thought = thoughts.get(part);
    Call call = calls.get(part);
    if (thought != null) {
      thought.signature = kept(signature);
    } else if (call != null) {
      call.signature = kept(signature);
    }
  }

  /** Whether so much more is not too much; beyond, nothing of the answer is remembered. */
  private boolean fits(JsonString text) {
    bytes += text.length();
    return bytes <= memory.maxAnswerBytes();
  }

  private void remember() {
    if (bytes > memory.maxAnswerBytes()) {
      return;
    }
    for (Call call : inOrder) {
      List<Part> before =
          call.before.stream().map(Thought::part).flatMap(Optional::stream).toList();
      if (!before.isEmpty() || call.signature != null) {
        memory.keep(tenant, call.id, new Thoughts(before, Optional.ofNullable(call.signature)));
      }
    }
    inOrder.clear();
  }

  private static Signature kept(Signature signature) {
    return new Signature(signature.protocol(), signature.text().kept());
  }
}
