package io.tollgate.sandbox.internal.anthropic;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Lookups;
import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.served.Kind;
import java.util.ArrayList;
import java.util.List;

/** The blocks of what Anthropic did itself for an answer: each call, and what it found. */
final class LookupBlocks {
  private LookupBlocks() {}

  static List<String> of(Answer answer) {
    List<String> blocks = new ArrayList<>();
    long seed = answer.question().prompt().seed();
    for (Kind kind : Lookups.calls(answer)) {
      String id = "srvtoolu_" + Long.toHexString(Seeds.mix(seed + blocks.size() + 17));
      switch (kind) {
        case WEB_SEARCHES -> call(blocks, id, "web_search", "{\"query\":\"words\"}", "[]");
        case WEB_FETCHES ->
            call(
                blocks,
                id,
                "web_fetch",
                "{\"url\":\"https://example.com/\"}",
                "{\"type\":\"web_fetch_tool_result_error\",\"error_code\":\"url_not_accessible\"}");
        case CODE_SESSIONS ->
            call(
                blocks,
                id,
                "code_execution",
                "{\"code\":\"1\"}",
                "{\"type\":\"code_execution_result\",\"stdout\":\"1\",\"stderr\":\"\",\"return_code\":0,"
                    + "\"content\":[]}");
        default -> {}
      }
    }
    return blocks;
  }

  private static void call(
      List<String> blocks, String id, String name, String input, String found) {
    blocks.add(
        "{\"type\":\"server_tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":%s}"
            .formatted(id, name, input));
    blocks.add(
        "{\"type\":\"%s_tool_result\",\"tool_use_id\":\"%s\",\"content\":%s}"
            .formatted(name, id, found));
  }
}
