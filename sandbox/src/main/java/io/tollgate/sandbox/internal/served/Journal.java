package io.tollgate.sandbox.internal.served;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The file that survives what kills the books. One line per attempt before the first byte of its
 * answer, one after its last:
 *
 * <pre>
 * begin NUMBER MILLIS REQUEST_ID|- MODEL INPUT_TOKENS OUTPUT_TOKENS_INTENDED [KIND=AMOUNT …]
 * end NUMBER MILLIS INPUT_TOKENS OUTPUT_TOKENS completed|cut [KIND=AMOUNT …]
 * </pre>
 *
 * <p>Lines of one turn of the event loop go out in one appending write, which the operating system
 * has before an answer has begun: killing the process loses none. (Not forced to the disk: the
 * machine losing power may.) An attempt without an end counts its prompt, and no output. Confined
 * to the event loop; held by one process at a time.
 */
public final class Journal implements AutoCloseable {
  /** Told when a line is in the file, or could not be put there. */
  public interface Written {
    void written(Attempt attempt);

    void failed(Attempt attempt, IOException cause);
  }

  private record Begun(Attempt attempt, Written written) {}

  private record Line(String text, Optional<Begun> begun) {}

  private final FileChannel channel;
  private final Served served;
  private final Executor nextTurn;
  private final InstantSource clock;
  private List<Line> waiting = new ArrayList<>();
  private final Map<Long, JournalReader.Begun> open;
  private long lastNumber;
  private boolean flushing;
  private boolean torn;

  private Journal(
      FileChannel channel,
      Served served,
      Executor nextTurn,
      InstantSource clock,
      JournalReader read) {
    this.channel = channel;
    this.served = served;
    this.nextTurn = nextTurn;
    this.clock = clock;
    this.open = read.open();
    this.lastNumber = read.lastNumber();
    this.torn = read.torn();
  }

  /**
   * Opens the file, makes it when missing, and counts what it tells.
   *
   * @param nextTurn runs a task on the event loop after what is being handled now
   * @throws IOException when it cannot be had, or another process has it
   */
  public static Journal open(Path file, Served served, Executor nextTurn, InstantSource clock)
      throws IOException {
    Files.createDirectories(
        file.toAbsolutePath().getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try {
      lock(channel);
      return new Journal(channel, served, nextTurn, clock, JournalReader.read(file, served));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new IOException("held by another sandbox of this process", e);
    }
    if (lock == null) {
      throw new IOException("held by another sandbox process (expected: one per data directory)");
    }
  }

  /** Takes an attempt on; it may be answered once {@code written} is told so. */
  public void begin(String requestId, String model, Usage intended, Written written) {
    long number = ++lastNumber;
    Usage begun = intended.prompt();
    Attempt attempt = new Attempt(this, served, number, requestId, begun);
    served.begin(requestId, begun);
    StringBuilder line =
        new StringBuilder(96)
            .append("begin ")
            .append(number)
            .append(' ')
            .append(clock.millis())
            .append(' ')
            .append(requestId.isEmpty() ? "-" : requestId)
            .append(' ')
            .append(model)
            .append(' ')
            .append(begun.input())
            .append(' ')
            .append(intended.output());
    begun.kinds(line);
    add(line.append('\n').toString(), Optional.of(new Begun(attempt, written)));
  }

  /** An attempt that an earlier process began and nobody has ended; asked for once. */
  public Optional<Attempt> resume(long number) {
    return Optional.ofNullable(open.remove(number))
        .map(begun -> new Attempt(this, served, number, begun.requestId(), begun.usage()));
  }

  void end(long number, Usage usage, boolean completed) {
    StringBuilder line =
        new StringBuilder(64)
            .append("end ")
            .append(number)
            .append(' ')
            .append(clock.millis())
            .append(' ')
            .append(usage.input())
            .append(' ')
            .append(usage.output())
            .append(completed ? " completed" : " cut");
    usage.kinds(line);
    add(line.append('\n').toString(), Optional.empty());
  }

  private void add(String text, Optional<Begun> begun) {
    waiting.add(new Line(text, begun));
    if (!flushing) {
      flushing = true;
      nextTurn.execute(this::flush);
    }
  }

  private void flush() {
    flushing = false;
    List<Line> lines = waiting;
    if (lines.isEmpty()) {
      return;
    }
    waiting = new ArrayList<>();
    try {
      write(lines);
    } catch (IOException e) {
      torn = true;
      for (Line line : lines) {
        // an end is told later, with the next line that can be written; a beginning is refused
        line.begun()
            .ifPresentOrElse(
                begun -> begun.written().failed(begun.attempt(), e), () -> waiting.add(line));
      }
      return;
    }
    for (Line line : lines) {
      line.begun().ifPresent(begun -> begun.written().written(begun.attempt()));
    }
  }

  private void write(List<Line> lines) throws IOException {
    StringBuilder text = new StringBuilder(lines.size() * 96);
    if (torn) {
      text.append('\n');
    }
    for (Line line : lines) {
      text.append(line.text());
    }
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    torn = false;
  }

  /** Writes what waits and lets the file go; only after the event loop has stopped. */
  @Override
  public void close() {
    try (channel) {
      if (channel.isOpen()) {
        flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
