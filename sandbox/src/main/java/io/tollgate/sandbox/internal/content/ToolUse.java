package io.tollgate.sandbox.internal.content;

import java.util.List;
import java.util.Optional;

/**
 * What a request says of its tools.
 *
 * @param offered those that may be called
 * @param called the one that this request has called
 * @param parallel whether several may be called at once
 */
public record ToolUse(List<Tool> offered, Optional<Tool> called, boolean parallel) {
  /** No tools. */
  public static final ToolUse NONE = new ToolUse(List.of(), Optional.empty(), true);

  public ToolUse {
    offered = List.copyOf(offered);
  }

  /** As the model likes: the tool that the last message names. */
  public static ToolUse free(List<Tool> offered, String lastText, boolean parallel) {
    return new ToolUse(offered, Tool.named(offered, lastText), parallel);
  }

  /** One must be called: the one that the last message names, or the first. */
  public static ToolUse forced(List<Tool> offered, String lastText, boolean parallel) {
    return new ToolUse(
        offered, Tool.named(offered, lastText).or(() -> offered.stream().findFirst()), parallel);
  }
}
