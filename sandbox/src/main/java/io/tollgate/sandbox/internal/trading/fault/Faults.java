package io.tollgate.sandbox.internal.trading.fault;

import io.tollgate.sandbox.internal.json.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Everything that is to go wrong; the rule that was made first goes first. Event loop only. */
public final class Faults {
  private static final int MOST = 10_000;

  private final List<FaultRule> rules = new ArrayList<>();

  /** What one call is hit by: its own header before any rule. */
  public Optional<Fault> hit(CallFacts call, Optional<String> header) {
    if (header.isPresent()) {
      return header.map(Fault::parse);
    }
    for (FaultRule rule : rules) {
      if (rule.hits(call)) {
        rules.removeIf(FaultRule::spent);
        return Optional.of(rule.fault());
      }
    }
    return Optional.empty();
  }

  /**
   * Adds a rule.
   *
   * @return the fault, when it is to happen now and not with a call
   */
  public Optional<Fault> add(JsonNode asked) {
    FaultRule rule = FaultRule.read(asked);
    if (rule.fault().action() == FaultAction.DROP_WS && rule.everywhere()) {
      return Optional.of(rule.fault());
    }
    if (rules.size() >= MOST) {
      throw Problem.invalid("", "faults: " + MOST + " already (expected: fewer)");
    }
    rules.add(rule);
    return Optional.empty();
  }

  public void clear() {
    rules.clear();
  }

  public int size() {
    return rules.size();
  }
}
