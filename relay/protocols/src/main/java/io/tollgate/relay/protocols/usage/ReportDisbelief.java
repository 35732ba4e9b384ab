package io.tollgate.relay.protocols.usage;

import static java.util.Objects.requireNonNull;

/**
 * Why a report is not believed, or not all of it.
 *
 * @param rule the rule that it breaks; names the metric
 * @param sentence what was given and what was expected; numbers only, never words of the answer
 */
public record ReportDisbelief(UsageRule rule, String sentence) {
  public ReportDisbelief {
    requireNonNull(rule, "rule is null");
    requireNonNull(sentence, "sentence is null");
  }
}
