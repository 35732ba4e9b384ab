package io.tollgate.sandbox.internal.served;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts what a journal tells. A line that a kill has torn is passed over. */
final class JournalReader {
  /** An attempt without an end. */
  record Begun(String requestId, Usage usage) {}

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

  /** Attempts that nobody has ended yet, by number. */
  Map<Long, Begun> open() {
    return open;
  }

  /** Whether the last line was not finished, so that the next one must start a new line. */
  boolean torn() {
    return torn;
  }

  private void line(String[] words) {
    try {
      if (words.length >= 7 && words[0].equals("begin")) {
        long number = Long.parseLong(words[1]);
        Integer.parseInt(words[6]);
        Begun begun =
            new Begun(
                words[3].equals("-") ? "" : words[3],
                kinds(Usage.of(Long.parseLong(words[5]), 0), words, 7));
        lastNumber = Math.max(lastNumber, number);
        open.put(number, begun);
        served.begin(begun.requestId, begun.usage);
      } else if (words.length >= 6 && words[0].equals("end")) {
        boolean completed = words[5].equals("completed");
        if (!completed && !words[5].equals("cut")) {
          return;
        }
        Usage usage = kinds(Usage.of(Long.parseLong(words[3]), Long.parseLong(words[4])), words, 6);
        Begun begun = open.remove(Long.parseLong(words[1]));
        if (begun != null) {
          served.end(begun.requestId, begun.usage, usage, completed);
        }
      }
    } catch (NumberFormatException e) {
      // torn in the middle of a number: no attempt was answered after it was begun
      return;
    }
  }

  private static Usage kinds(Usage usage, String[] words, int from) {
    Usage read = usage;
    for (int i = from; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      Optional<Kind> kind = Kind.of(words[i].substring(0, Math.max(equals, 0)));
      if (kind.isPresent()) {
        read = read.with(kind.get(), Long.parseLong(words[i].substring(equals + 1)));
      }
    }
    return read;
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
