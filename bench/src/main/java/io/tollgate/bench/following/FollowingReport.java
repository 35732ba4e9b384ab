package io.tollgate.bench.following;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.report.FigureText;
import io.tollgate.bench.report.MachineUse;
import io.tollgate.bench.report.ReportGoal;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of P7.
 *
 * @param stretches the first with no client
 * @param relayed processor time by second: of relayed requests, of followed charges, of both
 * @param heap what took most of the heap with most clients
 */
record FollowingReport(
    BenchOptions options,
    List<FollowingStretch> stretches,
    List<Double> relayed,
    List<String> heap) {
  private static final int WANTED = 10_000;

  FollowingReport(BenchOptions options) {
    this(options, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  String page(MachineUse machine, boolean clean) {
    FollowingStretch nobody = stretches.getFirst();
    StringBuilder text = new StringBuilder("# P7: charges seen by clients that follow\n\n");
    text.append(machine.text())
        .append("\n\n`./tollgate bench p7 --seconds ")
        .append(options.seconds())
        .append("`\n\n")
        .append(ReportGoal.table(goals(nobody)))
        .append(
            """

            | clients | events seen | charges | p50 ms | p99 ms | longest ms | of no event seen | connections lost | \
            heap a client, KB | CPU a charge, µs | more than with none, µs | PostgreSQL, µs |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """);
    for (FollowingStretch stretch : stretches) {
      text.append(row(stretch, nobody));
    }
    return text.append(
            """

            One user for each client, one process, durable charges (`deduct`, free quota) of %,d a second for %d s, one user \
            after the other; callers and clients on the same processors. A time is taken from before the charge is \
            sent until its event has been read by the client. The heap is what is alive after a full collection, \
            less what was with no client. Audit of the books afterwards: %s.

            Relayed requests (%d a second, with the sandbox as provider in the same process), processor time of the process by \
            second: alone %s ms, %,d charges with %,d clients alone %s ms, both %s ms. A relayed request takes %s µs alone \
            and %s µs beside.

            What is alive with most clients (`jcmd GC.class_histogram`):

            ```
            %s
            ```
            """
                .formatted(
                    FollowingBench.CHARGES_PER_SECOND,
                    options.seconds(),
                    clean ? "clean" : "**not clean**",
                    FollowingBench.RELAYED_PER_SECOND,
                    FigureText.whole(relayed.get(0) / 1_000),
                    FollowingBench.CHARGES_PER_SECOND,
                    WANTED,
                    FigureText.whole(relayed.get(1) / 1_000),
                    FigureText.whole(relayed.get(2) / 1_000),
                    FigureText.whole(relayed.get(0) / FollowingBench.RELAYED_PER_SECOND),
                    FigureText.whole(
                        (relayed.get(2) - relayed.get(1)) / FollowingBench.RELAYED_PER_SECOND),
                    String.join("\n", heap)))
        .toString();
  }

  private static String row(FollowingStretch stretch, FollowingStretch nobody) {
    return "| "
        + String.join(
            " | ",
            FigureText.whole(stretch.clients()),
            FigureText.whole(stretch.timed()),
            FigureText.whole(stretch.charges()),
            FigureText.tenths(stretch.p50Millis()),
            FigureText.tenths(stretch.p99Millis()),
            FigureText.tenths(stretch.maxMillis()),
            FigureText.whole(stretch.untold()),
            FigureText.whole(stretch.lost()),
            FigureText.tenths(stretch.heapPerClient() / 1_000),
            FigureText.whole(stretch.ownMicros()),
            FigureText.whole(stretch.ownMicros() - nobody.ownMicros()),
            FigureText.whole(stretch.databaseMicros()))
        + " |\n";
  }

  private List<ReportGoal> goals(FollowingStretch nobody) {
    List<ReportGoal> goals = new ArrayList<>();
    for (FollowingStretch stretch : stretches) {
      if (stretch.clients() == WANTED) {
        goals.add(ReportGoal.below("P7", "10,000 clients: p99", 250, stretch.p99Millis(), " ms"));
        goals.add(
            ReportGoal.below("P7", "heap a client", 20, stretch.heapPerClient() / 1_000, " KB"));
        goals.add(
            ReportGoal.below(
                "P7", "charges of whose event nothing was seen", 1, stretch.untold(), ""));
      }
    }
    double alone = relayed.get(0) / FollowingBench.RELAYED_PER_SECOND;
    double beside = (relayed.get(2) - relayed.get(1)) / FollowingBench.RELAYED_PER_SECOND;
    goals.add(
        ReportGoal.below("P7", "relayed request beside, by alone", 1.1, beside / alone, " ×"));
    return nobody.clients() == 0 ? goals : List.of();
  }
}
