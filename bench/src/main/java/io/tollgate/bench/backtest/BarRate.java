package io.tollgate.bench.backtest;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * How many bars somebody takes.
 *
 * @param who takes them, and what is done with them
 * @param bars of one run
 * @param cpuSeconds of processors in use, the median of some runs
 * @param seconds that passed, of the same runs
 * @param trades it came to
 */
record BarRate(String who, long bars, double cpuSeconds, double seconds, long trades) {
  /** Runs something; answers its trades. */
  @FunctionalInterface
  interface Work {
    long run();
  }

  /** Runs something some times on this thread, warm. */
  static BarRate of(String who, long bars, int rounds, Work work) {
    var threads = ManagementFactory.getThreadMXBean();
    long trades = work.run();
    double[] cpu = new double[rounds];
    double[] wall = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long began = System.nanoTime();
      long cpuBegan = threads.getCurrentThreadCpuTime();
      if (work.run() != trades) {
        throw new IllegalStateException(who + " says something else each time");
      }
      cpu[i] = (threads.getCurrentThreadCpuTime() - cpuBegan) / 1e9;
      wall[i] = (System.nanoTime() - began) / 1e9;
    }
    Arrays.sort(cpu);
    Arrays.sort(wall);
    return new BarRate(who, bars, cpu[rounds / 2], wall[rounds / 2], trades);
  }

  /** Millions a second of one processor. */
  double millions() {
    return bars / cpuSeconds / 1e6;
  }

  static String head() {
    return "| | bars | M bars/s of a core | ns a bar | seconds | trades |\n|---|---:|---:|---:|---:|---:|\n";
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %.3f | %,.1f | %.3f | %,d |%n",
        who,
        bars,
        millions(),
        cpuSeconds / bars * 1e9,
        seconds,
        trades);
  }
}
