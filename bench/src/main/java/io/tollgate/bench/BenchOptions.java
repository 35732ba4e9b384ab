package io.tollgate.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run is to do.
 *
 * @param report where its pages go
 * @param parts what is measured
 * @param rounds how often each target takes its turn
 * @param seconds length of one measured stretch
 * @param warmUps stretches before a target is measured, at most
 * @param users with a key each, where there are to be many
 * @param charges settled in one stretch of P5
 * @param records left unsettled for P8
 * @param rows of the log of requests, for P9
 * @param bars of a backtest, for P10
 * @param program runs the program, without its arguments
 * @param earlier runs an earlier build of it, measured beside; if one is wanted
 */
public record BenchOptions(
    Path report,
    Set<BenchPart> parts,
    int rounds,
    int seconds,
    int warmUps,
    int users,
    int charges,
    int records,
    int rows,
    int bars,
    List<String> program,
    Optional<List<String>> earlier) {
  /** Between what runs the program and what runs an earlier build of it. */
  private static final String EARLIER = "--earlier";

  private static final String DASHES = "--";

  /**
   * {@code FOLDER [PART…] [--rounds N] [--seconds N] [--warm-ups N] [--users N] [--charges N]
   * [--records N] [--rows N] [--bars N] -- PROGRAM… [--earlier PROGRAM…]}.
   */
  static BenchOptions parse(List<String> arguments) {
    int end = arguments.indexOf(DASHES);
    if (end < 1) {
      throw new IllegalArgumentException(
          "bench: " + arguments + " (expected: FOLDER [PART…] [OPTIONS] -- PROGRAM…)");
    }
    Set<BenchPart> parts = EnumSet.noneOf(BenchPart.class);
    Map<String, Integer> numbers =
        new HashMap<>(
            Map.of(
                "--rounds",
                3,
                "--seconds",
                5,
                "--warm-ups",
                40,
                "--users",
                10_000,
                "--charges",
                400_000,
                "--records",
                1_000_000,
                "--rows",
                2_000_000,
                "--bars",
                1_000_000));
    List<String> words = separated(arguments.subList(1, end));
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (numbers.containsKey(word)) {
        i++;
        numbers.put(word, number(word, i < words.size() ? words.get(i) : ""));
      } else if (word.startsWith(DASHES)) {
        throw new IllegalArgumentException(
            "bench: " + word + " (expected: one of " + numbers.keySet() + ")");
      } else if (!word.equals("all")) {
        parts.add(BenchPart.of(word));
      }
    }
    List<String> programs = List.copyOf(arguments.subList(end + 1, arguments.size()));
    int split = programs.indexOf(EARLIER);
    return new BenchOptions(
        Path.of(arguments.getFirst()),
        parts.isEmpty() ? EnumSet.allOf(BenchPart.class) : parts,
        numbers.getOrDefault("--rounds", 0),
        numbers.getOrDefault("--seconds", 0),
        numbers.getOrDefault("--warm-ups", 0),
        numbers.getOrDefault("--users", 0),
        numbers.getOrDefault("--charges", 0),
        numbers.getOrDefault("--records", 0),
        numbers.getOrDefault("--rows", 0),
        numbers.getOrDefault("--bars", 0),
        programs.subList(0, split < 0 ? programs.size() : split),
        split < 0 ? Optional.empty() : Optional.of(programs.subList(split + 1, programs.size())));
  }

  /** The workloads of its parts, in their order. */
  List<Workload> workloads() {
    return parts.stream().flatMap(part -> part.workloads().stream()).toList();
  }

  /** How to have one page written again. */
  String command(Workload workload) {
    String part = workload.part();
    return "./tollgate bench "
        + part
        + " --rounds "
        + rounds
        + " --seconds "
        + seconds
        + " --users "
        + users;
  }

  private static List<String> separated(List<String> words) {
    List<String> all = new ArrayList<>();
    for (String word : words) {
      int equals = word.startsWith(DASHES) ? word.indexOf('=') : -1;
      if (equals < 0) {
        all.add(word);
      } else {
        all.add(word.substring(0, equals));
        all.add(word.substring(equals + 1));
      }
    }
    return all;
  }

  private static int number(String name, String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(expected(name, text), e);
    }
    throw new IllegalArgumentException(expected(name, text));
  }

  private static String expected(String name, String text) {
    return "bench: " + name + " " + text + " (expected: a number >= 1)";
  }
}
