package io.tollgate.bench.load;

import io.tollgate.bench.Workload;
import io.tollgate.bench.report.FigureText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the program's processor time goes, by the JVM's own samples of it; taken on its own. */
public final class ProcessorProfile {
  private static final int SECONDS = 8;
  private static final int SHOWN = 20;

  private ProcessorProfile() {}

  /** Puts load on the program once more, records it, and tells the hottest places as Markdown. */
  public static String take(BenchStand stand, LoadTarget program, Workload workload, Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("profile.jfr");
    CompletableFuture<StretchSample> load =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return stand.measure(program, workload, 1, SECONDS);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    TimeUnit.SECONDS.sleep(2);
    jcmd(
        folder,
        program,
        "JFR.start",
        "name=bench",
        "jdk.CPUTimeSample#enabled=true",
        "jdk.CPUTimeSample#throttle=5ms");
    TimeUnit.SECONDS.sleep(SECONDS - 3);
    jcmd(folder, program, "JFR.stop", "name=bench", "filename=" + file);
    StretchSample sample = load.join();
    return tell(RecordingFile.readAllEvents(file), workload, sample);
  }

  private static void jcmd(Path folder, LoadTarget program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(program.pid()));
    command.addAll(List.of(arguments));
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("jcmd.log").toFile()))
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException(
          "jcmd ended with " + status + " (jcmd.log in " + folder + " tells why)");
    }
  }

  private static String tell(List<RecordedEvent> events, Workload workload, StretchSample sample) {
    Map<String, Integer> on = new HashMap<>();
    Map<String, Integer> below = new HashMap<>();
    Map<String, Integer> parts = new HashMap<>();
    int total = 0;
    for (RecordedEvent event : events) {
      if (!event.getEventType().getName().equals("jdk.CPUTimeSample")
          || event.getStackTrace() == null) {
        continue;
      }
      List<RecordedFrame> frames = event.getStackTrace().getFrames();
      total++;
      on.merge(name(frames.getFirst()), 1, Integer::sum);
      Set<String> seen = new HashSet<>();
      for (RecordedFrame frame : frames) {
        String name = name(frame);
        if (name.startsWith("io.tollgate.") && seen.add(name)) {
          below.merge(name, 1, Integer::sum);
        }
      }
      parts.merge(part(frames), 1, Integer::sum);
    }
    double all = sample.cpuMicros() + sample.postgresMicros();
    return "# Where the time goes: "
        + workload.title()
        + "\n\nProcessor time per request while this was recorded: our process "
        + Math.round(sample.cpuMicros())
        + " µs, PostgreSQL "
        + Math.round(sample.postgresMicros())
        + " µs ("
        + Math.round(100 * sample.postgresMicros() / Math.max(1, all))
        + " %). Recording costs some of it: the tables of figures are taken without.\n\n"
        + total
        + " samples of Java code by processor time (`jdk.CPUTimeSample`, 5 ms); what the JVM itself"
        + " does (collector, compiler) is not among them.\n"
        + table("By part (the innermost frame that belongs to one)", parts, total)
        + table("Own code, with everything it calls", below, total)
        + table("Innermost frames", on, total);
  }

  private static String table(String title, Map<String, Integer> counts, int total) {
    StringBuilder text = new StringBuilder("\n## " + title + "\n\n| % | |\n|---:|---|\n");
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN)
        .forEach(
            entry ->
                text.append("| ")
                    .append(FigureText.tenths(100.0 * entry.getValue() / total))
                    .append(" | `")
                    .append(entry.getKey())
                    .append("` |\n"));
    return text.toString();
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  /** The library or context a sample belongs to. */
  private static String part(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      String type = frame.getMethod().getType().getName();
      String[] names = type.split("\\.");
      if (names.length > 2
          && !type.startsWith("java.")
          && !type.startsWith("jdk.")
          && !type.startsWith("sun.")) {
        return names[0] + "." + names[1] + "." + names[2];
      }
    }
    return "JDK (threads, I/O)";
  }
}
