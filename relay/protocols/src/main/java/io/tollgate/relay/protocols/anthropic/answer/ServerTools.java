package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.usage.ReportedUsage;

/** The tools that Anthropic runs itself, and what their calls are counted as. */
final class ServerTools {
  private static final int LONGEST_NAME = 64;

  private ServerTools() {}

  /** A call has passed. What runs code shares the message's one container. */
  static void passed(JsonString name, ReportedUsage usage) {
    if (name.length() > LONGEST_NAME) {
      return;
    }
    switch (name.text()) {
      case "web_search" -> usage.tools().passed(UsageKind.WEB_SEARCHES, 1);
      case "web_fetch" -> usage.tools().passed(UsageKind.WEB_FETCHES, 1);
      case "code_execution", "bash_code_execution", "text_editor_code_execution" ->
          usage.tools().passedInAll(UsageKind.CODE_SESSIONS, 1);
      default -> {}
    }
  }
}
