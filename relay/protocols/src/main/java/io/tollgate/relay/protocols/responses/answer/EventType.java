package io.tollgate.relay.protocols.responses.answer;

import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;

/**
 * What an event of a stream tells.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses-streaming">Streaming
 *     events</a>
 */
enum EventType {
  /** How far the response is, with all that is known of it. */
  PROGRESS("response.created", "response.in_progress", "response.queued"),
  ITEM_ADDED("response.output_item.added"),
  ITEM_DONE("response.output_item.done"),
  PART_ADDED("response.content_part.added"),
  PART_DONE("response.content_part.done"),
  TEXT_DELTA("response.output_text.delta"),
  TEXT_DONE("response.output_text.done"),
  REFUSAL_DELTA("response.refusal.delta"),
  REFUSAL_DONE("response.refusal.done"),
  ARGUMENTS_DELTA(
      "response.function_call_arguments.delta", "response.custom_tool_call_input.delta"),
  ARGUMENTS_DONE("response.function_call_arguments.done", "response.custom_tool_call_input.done"),
  SUMMARY_PART_ADDED("response.reasoning_summary_part.added"),
  SUMMARY_DELTA("response.reasoning_summary_text.delta", "response.reasoning_summary.delta"),
  SUMMARY_DONE("response.reasoning_summary_text.done", "response.reasoning_summary.done"),
  REASONING_DELTA("response.reasoning_text.delta", "response.reasoning.delta"),
  REASONING_DONE("response.reasoning_text.done", "response.reasoning.done"),
  ENDED("response.completed", "response.incomplete", "response.cancelled", "response.done"),
  FAILED("response.failed"),
  ERROR("error"),
  /** Any other that the protocol has or will have. */
  OTHER(),
  /** None that is told. */
  NONE();

  private static final JsonNames<EventType> TYPES = types();

  private final String[] written;

  EventType(String... written) {
    this.written = written;
  }

  private static JsonNames<EventType> types() {
    JsonNames.Builder<EventType> names = new JsonNames.Builder<>();
    for (EventType type : values()) {
      names.add(type, type.written);
    }
    return names.build();
  }

  /** The type whose word the scanner is at. */
  static EventType of(JsonScanner scanner) {
    EventType type = TYPES.find(scanner);
    return type == null ? OTHER : type;
  }
}
