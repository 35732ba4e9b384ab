package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request for a conversation's next turn. Immutable, as long as the body that it was read from is
 * not changed.
 *
 * @param system what stands before the conversation: texts, in order
 * @param turns in order, as the caller wrote them; several of one role may follow one another
 * @param tools that may be called
 * @param toolChoice whether one must be
 * @param parallelCalls whether several may be called at once, where the request says so
 * @param maxOutputTokens of the answer, where the request names a limit
 * @param sampling how the answer is chosen
 * @param format what form it takes
 * @param reasoning how much is thought before
 * @param stream whether the answer is streamed
 * @param hints what an upstream may be told, and may do without
 */
public record Conversation(
    List<Part> system,
    List<Turn> turns,
    List<Tool> tools,
    ToolChoice toolChoice,
    Optional<Boolean> parallelCalls,
    OptionalLong maxOutputTokens,
    Sampling sampling,
    OutputFormat format,
    Reasoning reasoning,
    boolean stream,
    Hints hints) {
  public Conversation {
    system = List.copyOf(system);
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
    requireNonNull(toolChoice, "toolChoice is null");
    requireNonNull(parallelCalls, "parallelCalls is null");
    requireNonNull(maxOutputTokens, "maxOutputTokens is null");
    requireNonNull(sampling, "sampling is null");
    requireNonNull(format, "format is null");
    requireNonNull(reasoning, "reasoning is null");
    requireNonNull(hints, "hints is null");
  }
}
