package io.tollgate.insight.internal.spool;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what waits in the spool, a batch at a time. What is read counts as read only once its batch
 * is confirmed: before that, the next batch begins with the same. For one thread.
 */
public final class SpoolReader {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);

  private final SpoolFolder folder;
  private final SpoolMeters meters;
  private final Map<String, Integer> marks;
  private final Deque<Path> leftOver;
  private final CRC32C checksum = new CRC32C();

  /**
   * @param marks how far each file has been stored, by its name
   */
  public SpoolReader(SpoolFolder folder, Map<String, Integer> marks, SpoolMeters meters) {
    this.folder = requireNonNull(folder, "folder is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.marks = new HashMap<>(marks);
    this.leftOver = new ArrayDeque<>(folder.leftOver());
  }

  /**
   * Entries to be stored together with the marks.
   *
   * @param marks how far each file is read with them
   */
  public record Batch(
      List<SpoolEntry> entries, Map<String, Integer> marks, List<Runnable> done, boolean more) {
    public Batch {
      entries = List.copyOf(entries);
      marks = Map.copyOf(marks);
      done = List.copyOf(done);
    }

    public boolean isEmpty() {
      return entries.isEmpty() && done.isEmpty();
    }
  }

  /** The next entries, what earlier processes have left first. */
  public Batch next(int max) {
    folder.prepare();
    Gathered gathered = new Gathered(max);
    for (Path file : leftOver) {
      if (!gathered.full()) {
        read(file, gathered);
      }
    }
    for (SpoolSegment segment : folder.live()) {
      if (!gathered.full()) {
        read(segment, gathered);
      }
    }
    return new Batch(gathered.entries, gathered.marks, gathered.done, gathered.full());
  }

  /** The batch is stored. */
  public void stored(Batch batch) {
    marks.putAll(batch.marks());
    batch.done().forEach(Runnable::run);
    meters.stored(batch.entries().size());
  }

  private void read(Path file, Gathered gathered) {
    ByteBuffer content;
    try {
      content = ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      LOG.error("a file of the request log's spool cannot be read", e);
      return;
    }
    String name = file.getFileName().toString();
    int end = read(name, content, gathered);
    if (!gathered.full()) {
      if (end + SpoolSegment.ENTRY_HEAD <= content.capacity() && content.getInt(end) != 0) {
        meters.unread();
        LOG.atWarn()
            .addKeyValue("file", name)
            .addKeyValue("position", end)
            .log("an entry of the request log was cut, and nothing after it is read");
      }
      gathered.done.add(
          () -> {
            boolean _ = leftOver.remove(file);
            folder.remove(file);
            marks.remove(name);
          });
    }
  }

  private void read(SpoolSegment segment, Gathered gathered) {
    // in this order: what is written before it is full is read
    boolean full = segment.full();
    int written = segment.written();
    int end = read(segment.name(), segment.content(), gathered);
    if (full && end >= written) {
      gathered.done.add(
          () -> {
            folder.remove(segment);
            marks.remove(segment.name());
          });
    }
  }

  private int read(String name, ByteBuffer content, Gathered gathered) {
    int position = marks.getOrDefault(name, 0);
    int begin = position;
    while (!gathered.full() && position + SpoolSegment.ENTRY_HEAD <= content.limit()) {
      int length = content.getInt(position);
      int at = position + SpoolSegment.ENTRY_HEAD;
      if (length <= 0 || length > content.limit() - at || !whole(content, at, length)) {
        break;
      }
      try {
        gathered.entries.add(EntryCodec.read(content.slice(at, length)));
      } catch (RuntimeException e) {
        meters.unread();
        LOG.error("an entry of the request log cannot be read", e);
      }
      position = at + length;
    }
    if (position > begin) {
      gathered.marks.put(name, position);
    }
    return position;
  }

  private boolean whole(ByteBuffer content, int at, int length) {
    checksum.reset();
    checksum.update(content.slice(at, length));
    return (int) checksum.getValue() == content.getInt(at - 4);
  }

  private static final class Gathered {
    final int max;
    final List<SpoolEntry> entries = new ArrayList<>();
    final Map<String, Integer> marks = new LinkedHashMap<>();
    final List<Runnable> done = new ArrayList<>();

    Gathered(int max) {
      this.max = max;
    }

    boolean full() {
      return entries.size() >= max;
    }
  }
}
