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
    if (args.length > 3) found.ifPresent(f -> trace(rules, f));
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf("%,d steps in %.1f s%n", simulation.steps(), seconds);
    found.ifPresentOrElse(
        f ->
            System.out.printf(
                "seed %d, %d events: %s%n  %s%n  %s%n",
                f.seed(),
                f.history().events().size(),
                f.message(),
                f.history().setup(),
                f.history().events()),
        () -> System.out.println("nothing"));
  }

  private static void trace(Set<PassageRule> rules, PassageSimulation.Finding f) {
    World world = new World(rules, f.history().setup());
    try {
      Play play = new Play(world);
      show(world, "begin");
      for (Event event : f.history().events()) {
        play.step(event);
        show(world, event.toString());
      }
      new Rest(world, play).check();
    } catch (io.tollgate.metering.internal.simulation.Violation e) {
      System.out.println(e.getMessage());
    }
    show(world, "end");
  }

  private static void show(World world, String what) {
    System.out.println("--- " + what);
    for (Machine m : world.machines) {
      System.out.print(
          "  m"
              + m.id
              + (m.copy ? " copy" : "")
              + " boot "
              + Long.toHexString(m.boot.getLeastSignificantBits())
              + ": ");
      m.gateway.ifPresentOrElse(
          g -> {
            System.out.print(
                (g.frozen ? "frozen " : "")
                    + (g.closing ? "closing " : "")
                    + (g.ending ? "ending " : ""));
            g.lanes.forEach(
                l ->
                    System.out.print(
                        "log "
                            + hex(l.id())
                            + " flights "
                            + l.flights.stream().map(x -> hex(x.request.charge().value())).toList()
                            + " closed "
                            + l.shard().isClosed()
                            + "; "));
          },
          () -> System.out.print("dead "));
      System.out.println(m.disk.logs().stream().map(Try::hex).toList());
    }
    Database d = world.database;
    d.logs
        .values()
        .forEach(
            r ->
                System.out.println(
                    "  log "
                        + hex(r.identity().log())
                        + " "
                        + r.state()
                        + " "
                        + r.position()
                        + " seg "
                        + r.segment()));
    System.out.println(
        "  booked "
            + d.booked.keySet().stream().map(c -> hex(c.value())).toList()
            + " doubt "
            + d.inDoubt.keySet().stream().map(c -> hex(c.value())).toList()
            + " exc "
            + d.exceptions.keySet().stream().map(c -> hex(c.value())).toList()
            + " losses "
            + d.losses.keySet().stream().map(Try::hex).toList());
    d.accounts.forEach((a, m) -> System.out.print("  " + a + ": " + m.available + "+" + m.held));
    System.out.println(
        "  owed "
            + d.owed
            + " leases "
            + d.leases.entrySet().stream()
                .map(
                    e ->
                        hex(e.getKey().value())
                            + "="
                            + e.getValue().values().stream()
                                .map(l -> l.account() + ":" + l.granted() + "-" + l.settled())
                                .toList())
                .toList());
  }

  private static String hex(java.util.UUID id) {
    return Long.toHexString(id.getLeastSignificantBits());
  }
}
