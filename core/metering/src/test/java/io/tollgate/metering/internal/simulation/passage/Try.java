package io.tollgate.metering.internal.simulation.passage;

import java.util.EnumSet;
import java.util.Set;

final class Try {
  public static void main(String[] args) {
    long first = Long.parseLong(args[0]);
    int seeds = Integer.parseInt(args[1]);
    Set<PassageRule> rules = EnumSet.allOf(PassageRule.class);
    if (args.length > 2) {
      rules.remove(PassageRule.valueOf(args[2]));
    }
    PassageSimulation simulation = new PassageSimulation(rules);
    long begun = System.nanoTime();
    var found = simulation.search(first, seeds);
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf("%,d steps in %.1f s%n", simulation.steps(), seconds);
    found.ifPresentOrElse(
        f ->
            System.out.printf(
                "seed %d, %d events: %s%n  %s%n  %s%n",
                f.seed(), f.history().events().size(), f.message(), f.history().setup(), f.history().events()),
        () -> System.out.println("nothing"));
  }
}
