package io.tollgate.tests.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * A sample that prints a line for each event, its version first, killed and started again.
 *
 * @param command how it is started
 * @param kills how often it is killed at least
 */
record SampleRun(List<String> command, int kills) {
  private static final int LONGEST_LIFE_MS = 900;

  /**
   * Versions of the changes of the balance that it has printed, in its order.
   *
   * @param last of the last event that it is to know
   * @param ends whether a version is the last one to wait for
   */
  List<Long> follow(String token, long last, LongPredicate ends) throws Exception {
    List<Long> seen = new ArrayList<>();
    Random random = new Random(command.hashCode());
    long known = last;
    for (int turn = 0; ; turn++) {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("TOLLGATE_TOKEN", token);
      builder.environment().put("LAST_EVENT_ID", Long.toString(known));
      Process process = builder.start();
      boolean endless = turn >= kills;
      int life = 200 + random.nextInt(LONGEST_LIFE_MS);
      var _ =
          process
              .onExit()
              .orTimeout(endless ? 60_000 : life, TimeUnit.MILLISECONDS)
              .exceptionally(
                  _ -> {
                    process.destroyForcibly();
                    return process;
                  });
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String version = line.substring(0, Math.max(0, line.indexOf(' ')));
          if (!version.isEmpty() && !version.equals("-") && line.endsWith("}")) {
            known = Long.parseLong(version);
            if (line.contains("balance_changed") || line.contains("balance.changed")) {
              seen.add(known);
            }
          }
          if (ends.test(known)) {
            return seen;
          }
        }
      } catch (IOException e) {
        // it was killed while it wrote
      } finally {
        process.destroyForcibly();
      }
      if (endless) {
        return seen;
      }
    }
  }
}
