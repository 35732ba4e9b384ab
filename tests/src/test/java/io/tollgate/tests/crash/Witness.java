package io.tollgate.tests.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the sandbox has served since a moment, from its journal: one line before the first byte of
 * an answer, one after its last. A line that a kill has torn is passed over.
 */
final class Witness {
  private static final String NUMBER = "[0-9]{1,9}";

  private final Path journal;
  private long from;

  Witness(Path journal) {
    this.journal = journal;
    forget();
  }

  /**
   * One call that the sandbox took on.
   *
   * @param begun when
   * @param input the prompt's tokens; 0 when nothing was served
   * @param output tokens handed over; those meant to be when the process was killed before the end
   */
  record Attempt(Instant begun, long input, long output) {
    boolean served() {
      return input + output > 0;
    }
  }

  /** Leaves out what is in the journal now. */
  void forget() {
    try {
      from = Files.exists(journal) ? Files.size(journal) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The attempts of each request id. */
  Map<String, List<Attempt>> served() {
    Map<Long, String> ids = new HashMap<>();
    Map<Long, Attempt> attempts = new HashMap<>();
    for (String line : read().split("\n", -1)) {
      take(line.split(" ", -1), ids, attempts);
    }
    Map<String, List<Attempt>> served = new HashMap<>();
    attempts.forEach(
        (number, attempt) ->
            served
                .computeIfAbsent(ids.getOrDefault(number, ""), id -> new ArrayList<>())
                .add(attempt));
    return served;
  }

  private static void take(String[] words, Map<Long, String> ids, Map<Long, Attempt> attempts) {
    // further kinds of what was used follow, where there are any
    if (words.length >= 7 && words[0].equals("begin") && words[6].matches(NUMBER)) {
      long number = Long.parseLong(words[1]);
      ids.put(number, words[3]);
      attempts.put(
          number,
          new Attempt(
              Instant.ofEpochMilli(Long.parseLong(words[2])),
              Long.parseLong(words[5]),
              Long.parseLong(words[6])));
    } else if (words.length >= 6
        && words[0].equals("end")
        && (words[5].equals("completed") || words[5].equals("cut"))) {
      long input = Long.parseLong(words[3]);
      long output = Long.parseLong(words[4]);
      attempts.computeIfPresent(
          Long.parseLong(words[1]), (number, begun) -> new Attempt(begun.begun(), input, output));
    }
  }

  private String read() {
    try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
