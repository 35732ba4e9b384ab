package io.tollgate.relay.protocols.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of a coding agent: what it thinks and says, the tools that it calls, what these answer,
 * and what its user says then. The same for the same number.
 *
 * @param words empty where it only calls
 * @param next what the user says after the results; empty where nothing
 */
record AgentStep(int number, String thought, String words, List<Call> calls, String next) {
  static final int COUNT = 40;

  /** A picture of one pixel, as a tool shows it. */
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  private static final String UNUSUAL = "Zeile \"%d\"\n\t\\d+ — 数 🛂 </tag> \u2028";

  /** A call and its result. */
  record Call(String id, String tool, Map<String, ?> arguments, String result, boolean picture) {}

  AgentStep {
    calls = List.copyOf(calls);
  }

  /** What stands before all: longer than a cache's least. */
  static String system() {
    return "You are careful. Read before you write.\n".repeat(200);
  }

  static String task() {
    return "Make the gate's toll exact, and show that it is.";
  }

  static List<AgentStep> all() {
    List<AgentStep> steps = new ArrayList<>();
    for (int number = 1; number <= COUNT; number++) {
      steps.add(step(number));
    }
    return steps;
  }

  private static AgentStep step(int number) {
    List<Call> calls = new ArrayList<>();
    int count = 1 + number % 3;
    for (int call = 0; call < count; call++) {
      boolean reads = (number + call) % 2 == 0;
      Map<String, Object> arguments = new LinkedHashMap<>();
      arguments.put("path", "src/Toll" + number + ".java");
      if (!reads) {
        arguments.put("line", number);
        arguments.put("text", UNUSUAL.formatted(number));
        arguments.put("options", Map.of("deep", List.of(1, Map.of("is", true))));
      }
      calls.add(
          new Call(
              "call_" + number + "_" + call,
              reads ? "read_file" : "write_file",
              arguments,
              "Result " + number + "." + call + ": " + UNUSUAL.formatted(call),
              number % 4 == 0 && call == 0));
    }
    return new AgentStep(
        number,
        "Thought " + number + ": first this, then that.",
        number % 2 == 0 ? "Step " + number + ", as said." : "",
        calls,
        number % 8 == 0 ? "Go on, but mind " + UNUSUAL.formatted(number) : "");
  }
}
