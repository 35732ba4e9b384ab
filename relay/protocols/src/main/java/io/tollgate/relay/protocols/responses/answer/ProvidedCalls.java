package io.tollgate.relay.protocols.responses.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the tools that OpenAI runs itself, as the items of a response tell of them. Confined to
 * one thread.
 *
 * @see <a href="https://platform.openai.com/docs/guides/tools-web-search">Search actions incur a
 *     call's cost; opening a page does not</a>
 */
final class ProvidedCalls {
  private static final int MAX_CONTAINERS = 1024;
  private static final int LONGEST_NAME = 256;

  private final ReportedUsage usage;
  // what was counted when the item began; it may turn out not to be billed
  private final Map<Integer, UsageKind> begun = new HashMap<>(0);
  private final Set<String> containers = new HashSet<>(0);

  ProvidedCalls(ReportedUsage usage) {
    this.usage = requireNonNull(usage, "usage is null");
  }

  /** A call begins: it is billed, as far as is known. */
  void begun(int index, ReadItem item) {
    UsageKind kind = kind(item);
    if (kind != null && kind != UsageKind.CODE_SESSIONS && begun.putIfAbsent(index, kind) == null) {
      usage.tools().passed(kind, 1);
    }
  }

  /** A call is over. */
  void done(int index, ReadItem item) {
    UsageKind counted = begun.remove(index);
    UsageKind kind = billed(item) ? kind(item) : null;
    if (kind == UsageKind.CODE_SESSIONS) {
      container(item.container);
    } else if (kind != null && counted == null) {
      usage.tools().passed(kind, 1);
    } else if (kind == null && counted != null) {
      usage.tools().passed(counted, -1);
    }
  }

  private void container(JsonString id) {
    if (containers.size() < MAX_CONTAINERS) {
      containers.add(text(id));
      usage.tools().passedInAll(UsageKind.CODE_SESSIONS, containers.size());
    }
  }

  private static boolean billed(ReadItem item) {
    String action = text(item.action);
    return !text(item.status).equals("failed")
        && !action.equals("open_page")
        && !action.equals("find_in_page");
  }

  private static @Nullable UsageKind kind(ReadItem item) {
    return switch (text(item.type)) {
      case "web_search_call" -> UsageKind.WEB_SEARCHES;
      case "file_search_call" -> UsageKind.FILE_SEARCHES;
      case "code_interpreter_call" -> UsageKind.CODE_SESSIONS;
      case "image_generation_call" -> UsageKind.IMAGES;
      // one that the caller runs names no container
      case "shell_call" -> item.container.isEmpty() ? null : UsageKind.CODE_SESSIONS;
      default -> null;
    };
  }

  private static String text(JsonString text) {
    return text.length() > LONGEST_NAME ? "" : text.text();
  }
}
