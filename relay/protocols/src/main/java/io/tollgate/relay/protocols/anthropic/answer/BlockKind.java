package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.relay.protocols.internal.json.JsonNames;

/** What the blocks of an answer are. */
enum BlockKind {
  TEXT,
  THINKING,
  REDACTED_THINKING,
  TOOL_USE,
  /** A call of a tool that the provider runs itself. */
  SERVER_TOOL_USE,
  /** A call of a tool of somebody else's server, made by the provider. */
  MCP_TOOL_USE,
  /** Anything else, such as what such a tool found. */
  OTHER;

  static final JsonNames<BlockKind> WIRE =
      new JsonNames.Builder<BlockKind>()
          .add(TEXT, "text")
          .add(THINKING, "thinking")
          .add(REDACTED_THINKING, "redacted_thinking")
          .add(TOOL_USE, "tool_use")
          .add(SERVER_TOOL_USE, "server_tool_use")
          .add(MCP_TOOL_USE, "mcp_tool_use")
          .build();
}
