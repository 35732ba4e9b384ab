package io.tollgate.insight.internal.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far files of a spool were sent, in a file beside them that is replaced as a whole and begins
 * with its checksum. Where it is damaged all that waits is sent once more. For one thread.
 */
public final class SentMarks {
  private static final Logger LOG = LoggerFactory.getLogger(SentMarks.class);

  private final Path file;
  private final Map<String, Integer> marks = new HashMap<>();

  /**
   * @param folder of the spool
   */
  public SentMarks(Path folder) {
    this.file = requireNonNull(folder, "folder is null").resolve("sent");
  }

  /** Reads those of the files that are there. */
  public Map<String, Integer> read(Set<String> there) throws IOException {
    marks.clear();
    if (Files.exists(file)) {
      String text = new String(Files.readAllBytes(file), UTF_8);
      int end = text.indexOf('\n');
      if (end >= 0 && text.substring(0, end).equals(checksum(text.substring(end + 1)))) {
        text.substring(end + 1).lines().forEach(this::mark);
        boolean _ = marks.keySet().retainAll(there);
      } else {
        LOG.warn("how far the request log was sent cannot be read: what waits is sent once more");
      }
    }
    return Map.copyOf(marks);
  }

  private void mark(String line) {
    int gap = line.lastIndexOf(' ');
    marks.put(line.substring(0, gap), Integer.parseInt(line.substring(gap + 1)));
  }

  /**
   * Writes how far more was sent.
   *
   * @param more by the name of a file
   * @param there names of files that are there; others are forgotten
   */
  public void write(Map<String, Integer> more, Set<String> there) throws IOException {
    marks.putAll(more);
    boolean _ = marks.keySet().retainAll(there);
    StringBuilder lines = new StringBuilder();
    marks.forEach((name, position) -> lines.append(name).append(' ').append(position).append('\n'));
    String text = checksum(lines.toString()) + "\n" + lines;
    Path next = file.resolveSibling("sent.next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
    }
    var _ = Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String checksum(String text) {
    CRC32C checksum = new CRC32C();
    checksum.update(text.getBytes(UTF_8));
    return Long.toHexString(checksum.getValue());
  }
}
