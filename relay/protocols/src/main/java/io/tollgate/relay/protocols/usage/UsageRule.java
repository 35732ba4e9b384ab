package io.tollgate.relay.protocols.usage;

/**
 * What a usage report must satisfy to be believed. The table in {@code docs/usage.md} has a line
 * for each, with the reason.
 */
public enum UsageRule {
  /** Every number is a whole one, from 0 to a thousand million. */
  WHOLE_NUMBERS,
  /** Input and output are both there, or follow from the total. */
  BOTH_SIDES,
  /** Parts are no more than what they are parts of. */
  PARTS_WITHIN_WHOLES,
  /** Text was delivered: so there is input, and there is output. */
  NOT_NOTHING,
  /** No token is longer than {@value ReportRules#LONGEST_TOKEN_BYTES} bytes. */
  NO_LESS_THAN_DELIVERED,
  /** Text that came after the report is not in it. */
  NOT_BEFORE_THE_TEXT,
  /** Input is no more than the request can have come to. */
  INPUT_AS_SENT,
  /** Output is no more than was allowed or delivered can come to. */
  OUTPUT_AS_ALLOWED,
  /** Pieces, such as seconds or searches, are no more than the request can have come to. */
  PIECES_AS_ASKED,
  /** Calls of the provider's own tools are no more than were allowed or can have been made. */
  TOOLS_AS_ALLOWED
}
