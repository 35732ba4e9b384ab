package io.tollgate.relay.protocols;

import io.tollgate.contracts.UsageKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The types of tools that the providers of one protocol run themselves and bill by the call. A
 * further tool is a further line of the protocol's table. Immutable.
 */
public final class BilledTools {
  private final Map<String, UsageKind> byBeginning;

  private BilledTools(Map<String, UsageKind> byBeginning) {
    this.byBeginning = new LinkedHashMap<>(byBeginning);
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * The tools with one more, where its type is one of these.
   *
   * @param uses most calls, or {@link ProviderTool#UNBOUNDED}
   */
  public List<ProviderTool> with(List<ProviderTool> tools, String field, String type, long uses) {
    for (Map.Entry<String, UsageKind> known : byBeginning.entrySet()) {
      if (type.startsWith(known.getKey())) {
        return ProviderTool.with(tools, new ProviderTool(field, type, known.getValue(), uses));
      }
    }
    return tools;
  }

  /** Collects types. */
  public static final class Builder {
    private final Map<String, UsageKind> byBeginning = new LinkedHashMap<>();

    private Builder() {}

    /** Tools whose type begins so: makers put a date at its end. */
    public Builder add(String beginning, UsageKind kind) {
      byBeginning.put(beginning, kind);
      return this;
    }

    public BilledTools build() {
      return new BilledTools(byBeginning);
    }
  }
}
