package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.UsageKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A tool that a request asks for, that the provider runs itself and bills by the call.
 *
 * @param field where the request names it
 * @param name as the request calls it
 * @param kind what it is counted as
 * @param uses most calls that the request allows; {@link #UNBOUNDED} where it does not say
 */
public record ProviderTool(String field, String name, UsageKind kind, long uses) {
  /** The request names no limit. */
  public static final long UNBOUNDED = 0;

  private static final int MAX_NAME = 64;

  public ProviderTool {
    requireNonNull(field, "field is null");
    name = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    requireNonNull(kind, "kind is null");
    if (uses < 0) {
      throw new IllegalArgumentException("uses: " + uses + " (expected: >= 0)");
    }
  }

  /** The tools with one more; of each kind the first is kept, with the limits of all. */
  public static List<ProviderTool> with(List<ProviderTool> tools, ProviderTool more) {
    List<ProviderTool> all = new ArrayList<>(tools.size() + 1);
    boolean known = false;
    for (ProviderTool tool : tools) {
      boolean same = tool.kind == more.kind;
      known |= same;
      boolean unbounded = tool.uses == UNBOUNDED || more.uses == UNBOUNDED;
      all.add(
          same
              ? new ProviderTool(
                  tool.field,
                  tool.name,
                  tool.kind,
                  unbounded ? UNBOUNDED : sum(tool.uses, more.uses))
              : tool);
    }
    if (!known) {
      all.add(more);
    }
    return List.copyOf(all);
  }

  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }
}
