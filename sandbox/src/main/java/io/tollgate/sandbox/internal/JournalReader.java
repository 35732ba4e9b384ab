package io.tollgate.sandbox.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Counts what a journal tells. A line that a kill has torn is passed over. */
final class JournalReader {
  private record Begun(String requestId, int input) {}

  private final Served served;
  private final Map<Long, Begun> open = new HashMap<>();
  private long lastNumber;
  private boolean torn;

  private JournalReader(Served served) {
    this.served = served;
  }

  static JournalReader read(Path file, Served served) throws IOException {
    JournalReader reader = new JournalReader(served);
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.line(line.split(" ", -1));
      }
    }
    reader.torn = endsWithoutNewline(file);
    return reader;
  }

  /** The highest number given to an attempt so far. */
  long lastNumber() {
    return lastNumber;
  }

  /** Whether the last line was not finished, so that the next one must start a new line. */
  boolean torn() {
    return torn;
  }

  private void line(String[] words) {
    try {
      if (words.length == 7 && words[0].equals("begin")) {
        long number = Long.parseLong(words[1]);
        Begun begun = new Begun(words[3].equals("-") ? "" : words[3], Integer.parseInt(words[5]));
        Integer.parseInt(words[6]);
        lastNumber = Math.max(lastNumber, number);
        open.put(number, begun);
        served.begin(begun.requestId, begun.input);
      } else if (words.length == 6 && words[0].equals("end")) {
        int input = Integer.parseInt(words[3]);
        int output = Integer.parseInt(words[4]);
        boolean completed = words[5].equals("completed");
        if (!completed && !words[5].equals("cut")) {
          return;
        }
        Begun begun = open.remove(Long.parseLong(words[1]));
        if (begun != null) {
          served.end(begun.requestId, begun.input, input, output, completed);
        }
      }
    } catch (NumberFormatException e) {
      // torn in the middle of a number: no attempt was answered after it was begun
      return;
    }
  }

  private static boolean endsWithoutNewline(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      if (bytes.length() == 0) {
        return false;
      }
      bytes.seek(bytes.length() - 1);
      return bytes.read() != '\n';
    }
  }
}
