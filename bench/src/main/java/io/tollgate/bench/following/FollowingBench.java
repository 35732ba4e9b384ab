package io.tollgate.bench.following;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.program.ChildProcess;
import io.tollgate.bench.program.DemoAccess;
import io.tollgate.bench.program.MeasuredProgram;
import io.tollgate.bench.program.ProcessCost;
import io.tollgate.bench.report.MachineUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * P7: how soon clients of server-sent events see charges, what a client takes of the heap and an
 * event of the processor, and what relayed requests pay for it.
 */
public record FollowingBench(BenchOptions options, Path folder) {
  static final int CHARGES_PER_SECOND = 1_000;
  static final int RELAYED_PER_SECOND = 300;

  /** The most is what this process may open, less what it needs itself. */
  private static final List<Integer> SIZES = List.of(1_000, 10_000, 19_000);

  private static final int CALLERS = 24;
  private static final List<String> SETTINGS =
      List.of(
          "--http-connections=60000",
          "--http-connections-address-percent=100",
          "--sync-connections-max=60000");

  static String user(int number) {
    return "followed-" + number;
  }

  public void run() throws IOException, InterruptedException {
    MeasuredProgram program =
        new MeasuredProgram(
            Files.createDirectories(folder.resolve("following")), options.program(), 0, 0, 0);
    FollowingReport report = new FollowingReport(options);
    boolean clean;
    MachineUse machine;
    try (ChildProcess child = program.demo(SETTINGS)) {
      DemoAccess demo = DemoAccess.read(program.data().resolve("demo.json"));
      Site site = new Site(child, demo, new AtomicLongArray(60_000));
      site.warmUp(options);
      long[] before = ProcessCost.machine();
      report.stretches().add(site.stretch(0, 10_000, options.seconds()));
      for (int size : SIZES) {
        report.stretches().add(site.stretch(size, size, options.seconds()));
        System.out.println("P7 " + report.stretches().getLast());
      }
      report.relayed().addAll(site.relayed(10_000, options.seconds()));
      report.heap().addAll(site.largest);
      machine = MachineUse.since(before);
      if (!child.runs()) {
        throw new IOException("the program ended (its log tells why)");
      }
      clean = program.audit();
    }
    String page = report.page(machine, clean);
    System.out.println(page);
    Files.writeString(options.report().resolve("p7.md"), page);
  }

  /** The program as it runs, and what was charged on it. */
  private static final class Site {
    private final ChildProcess child;
    private final DemoAccess demo;
    private final AtomicLongArray chargedAt;
    private final String run = UUID.randomUUID().toString();
    private final List<String> largest = new ArrayList<>();
    private long charged;
    private long heapBefore;

    Site(ChildProcess child, DemoAccess demo, AtomicLongArray chargedAt) {
      this.child = child;
      this.demo = demo;
      this.chargedAt = chargedAt;
    }

    /** Every user's accounts are made, and the compiler has seen it all. */
    void warmUp(BenchOptions options) throws IOException, InterruptedException {
      try (FollowingClients clients = clients()) {
        clients.open(1_000);
        PacedLoad.Done _ = charges(19_000).run(charged, 20);
        charged += 20L * CHARGES_PER_SECOND;
        PacedLoad.Done _ = charges(1_000).run(charged, 2 * options.seconds());
        charged += 2L * options.seconds() * CHARGES_PER_SECOND;
        PacedLoad.Done _ = relay().run(0, options.seconds());
      }
      awaitRest();
      heapBefore = LiveHeap.of(child.pid()).bytes();
    }

    FollowingStretch stretch(int clients, int users, int seconds)
        throws IOException, InterruptedException {
      for (int user = 0; user < chargedAt.length(); user++) {
        chargedAt.set(user, 0);
      }
      try (FollowingClients following = clients()) {
        following.open(clients);
        double perClient = 0;
        if (clients > 0) {
          awaitRest();
          LiveHeap heap = LiveHeap.of(child.pid());
          perClient = (heap.bytes() - heapBefore) / (double) clients;
          largest.clear();
          largest.addAll(heap.largest());
        }
        FollowingClients.Seen _ = following.seen();
        ProcessCost before = ProcessCost.of(child.pid());
        PacedLoad.Done done = charges(users).run(charged, seconds);
        ProcessCost after = ProcessCost.of(child.pid());
        charged += done.sent();
        TimeUnit.SECONDS.sleep(2);
        FollowingClients.Seen seen = following.seen();
        long untold = 0;
        for (int user = 0; user < clients; user++) {
          untold += chargedAt.get(user) == 0 ? 0 : 1;
        }
        return new FollowingStretch(
            clients,
            done.sent(),
            done.failed(),
            seen.events(),
            untold,
            millis(seen, 0.5),
            millis(seen, 0.99),
            millis(seen, 1),
            seen.lost(),
            perClient,
            micros(after.ownTicks() - before.ownTicks(), done.sent()),
            micros(after.startedTicks() - before.startedTicks(), done.sent()));
      }
    }

    /** Relayed requests alone, clients and charges alone, and both: processor time per second. */
    List<Double> relayed(int clients, int seconds) throws IOException, InterruptedException {
      try (FollowingClients following = clients()) {
        following.open(clients);
        List<Double> used = new ArrayList<>();
        used.add(perSecond(seconds, () -> relay().run(0, seconds)));
        used.add(perSecond(seconds, () -> charges(clients).run(charged, seconds)));
        charged += (long) seconds * CHARGES_PER_SECOND;
        used.add(
            perSecond(
                seconds,
                () -> {
                  Thread relaying =
                      Thread.startVirtualThread(
                          () -> {
                            try {
                              PacedLoad.Done _ = relay().run(0, seconds);
                            } catch (IOException | InterruptedException e) {
                              throw new IllegalStateException(e);
                            }
                          });
                  PacedLoad.Done done = charges(clients).run(charged, seconds);
                  relaying.join();
                  return done;
                }));
        charged += (long) seconds * CHARGES_PER_SECOND;
        return used;
      }
    }

    private interface Work {
      PacedLoad.Done run() throws IOException, InterruptedException;
    }

    private double perSecond(int seconds, Work work) throws IOException, InterruptedException {
      ProcessCost before = ProcessCost.of(child.pid());
      PacedLoad.Done done = work.run();
      ProcessCost after = ProcessCost.of(child.pid());
      if (done.failed() > 0) {
        System.out.println("P7: " + done.failed() + " of " + done.sent() + " were refused");
      }
      return micros(after.ownTicks() - before.ownTicks(), seconds);
    }

    private FollowingClients clients() throws IOException {
      return new FollowingClients(demo.privatePort(), demo.serviceToken(), chargedAt);
    }

    private PacedLoad charges(int users) {
      return new PacedLoad(
          CHARGES_PER_SECOND,
          CALLERS,
          new PacedLoad.Caller() {
            @Override
            public PlainConnection open() throws IOException {
              return new PlainConnection(
                  demo.privatePort(),
                  "/internal/v1/billing/deduct",
                  "X-Service-Token: " + demo.serviceToken());
            }

            @Override
            public boolean call(PlainConnection connection, long number) throws IOException {
              int user = (int) (number % users);
              chargedAt.set(user, System.nanoTime());
              return connection.post(
                  "{\"user_id\":\""
                      + user(user)
                      + "\",\"service_name\":\"passport\",\"count\":1,\"request_id\":\""
                      + run
                      + number
                      + "\"}");
            }
          });
    }

    private PacedLoad relay() {
      return new PacedLoad(
          RELAYED_PER_SECOND,
          CALLERS,
          new PacedLoad.Caller() {
            @Override
            public PlainConnection open() throws IOException {
              return new PlainConnection(
                  demo.publicPort(), "/v1/chat/completions", "Authorization: Bearer " + demo.key());
            }

            @Override
            public boolean call(PlainConnection connection, long number) throws IOException {
              return connection.post(
                  "{\"model\":\"gpt-4o-mini\",\"max_tokens\":16,\"messages\":"
                      + "[{\"role\":\"user\",\"content\":\"Hello\"}]}");
            }
          });
    }

    /** What was used is booked, and connections that were closed are gone. */
    private static void awaitRest() throws InterruptedException {
      TimeUnit.SECONDS.sleep(3);
    }

    private static double millis(FollowingClients.Seen seen, double share) {
      return seen.times().quantile(share) / 1e6;
    }

    private static double micros(long ticks, long count) {
      return ticks * (double) ProcessCost.TICK_MICROS / Math.max(1, count);
    }
  }
}
