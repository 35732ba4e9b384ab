package io.tollgate.metering.internal.simulation.passage;

import java.util.EnumSet;
import java.util.Set;

final class Rules {
  public static void main(String[] args) {
    for (PassageRule rule :
        args.length > 1 ? new PassageRule[] {PassageRule.valueOf(args[1])} : PassageRule.values()) {
      Set<PassageRule> rules = EnumSet.allOf(PassageRule.class);
      rules.remove(rule);
      long begun = System.nanoTime();
      var found = new PassageSimulation(rules).search(1, Integer.parseInt(args[0]));
      System.out.printf(
          "%s %.1f s: %s%n",
          rule,
          (System.nanoTime() - begun) / 1e9,
          found
              .map(
                  f ->
                      f.seed()
                          + " | "
                          + f.history().events().size()
                          + " | "
                          + f.message()
                          + " "
                          + f.history().events())
              .orElse("NOT FOUND"));
    }
  }
}
