package io.tollgate.insight.internal.spool;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which entries wait for the store. Holds a bounded number of files; one more is made
 * ahead, so that event loops need not wait for it. Safe for use by many threads.
 */
public final class SpoolFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
  private static final String SUFFIX = ".spool";

  private final Path folder;
  private final int segmentBytes;
  private final int segmentsMax;
  private final String boot;
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger there = new AtomicInteger();
  private final AtomicReference<Optional<SpoolSegment>> spare =
      new AtomicReference<>(Optional.empty());
  private final Queue<SpoolSegment> live = new ConcurrentLinkedQueue<>();
  private final List<Path> leftOver;

  private SpoolFolder(
      Path folder, int segmentBytes, int segmentsMax, String boot, List<Path> leftOver) {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.segmentsMax = segmentsMax;
    this.boot = boot;
    this.leftOver = leftOver;
    there.set(leftOver.size());
  }

  /**
   * Opens it, and finds what earlier processes have left.
   *
   * @param segmentBytes of one file
   * @param maxBytes of all files; entries beyond are lost, and counted
   * @param boot a name that no earlier process had
   */
  public static SpoolFolder open(Path folder, int segmentBytes, long maxBytes, String boot)
      throws IOException {
    requireNonNull(boot, "boot is null");
    // who asked for what is nobody else's business
    Path made =
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (Stream<Path> files = Files.list(made)) {
      List<Path> leftOver =
          files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
      int max = Math.toIntExact(Math.max(2, maxBytes / segmentBytes));
      return new SpoolFolder(made, segmentBytes, max, boot, leftOver);
    }
  }

  /** Files of processes that have ended. */
  List<Path> leftOver() {
    return leftOver.stream().filter(Files::exists).toList();
  }

  /** Names of the files that are there. */
  public Set<String> names() {
    return Stream.concat(leftOver.stream(), live.stream().map(SpoolSegment::file))
        .map(file -> file.getFileName().toString())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether nothing was ever put in. */
  public boolean untouched() {
    return leftOver.isEmpty() && live.isEmpty();
  }

  /** Files of this process, in the order in which they were begun. */
  Queue<SpoolSegment> live() {
    return live;
  }

  /** Bytes that the folder holds. */
  public long bytes() {
    return (long) there.get() * segmentBytes;
  }

  /** A file to append to; empty where the folder is full, or cannot be written. */
  Optional<SpoolSegment> next() {
    Optional<SpoolSegment> ready = spare.getAndSet(Optional.empty()).or(this::create);
    ready.ifPresent(live::add);
    return ready;
  }

  /** Makes the next file ahead. */
  void prepare() {
    if (!live.isEmpty() && spare.get().isEmpty()) {
      Optional<SpoolSegment> made = create();
      if (made.isPresent() && !spare.compareAndSet(Optional.empty(), made)) {
        made.ifPresent(this::remove);
      }
    }
  }

  /** All of it is in the store. */
  void remove(SpoolSegment segment) {
    boolean _ = live.remove(segment);
    segment.close();
    remove(segment.file());
  }

  /** The same of a file that was left over. */
  void remove(Path file) {
    try {
      if (Files.deleteIfExists(file)) {
        int _ = there.decrementAndGet();
      }
    } catch (IOException e) {
      // it is read once more after the next start, and nothing of it is kept twice
      LOG.warn("a file of the request log's spool cannot be removed", e);
    }
  }

  /** Takes away what was made ahead. */
  public void close() {
    spare.getAndSet(Optional.empty()).ifPresent(this::remove);
  }

  private Optional<SpoolSegment> create() {
    if (there.incrementAndGet() > segmentsMax) {
      int _ = there.decrementAndGet();
      return Optional.empty();
    }
    Path file = folder.resolve("%s-%08d%s".formatted(boot, made.incrementAndGet(), SUFFIX));
    try {
      return Optional.of(SpoolSegment.create(file, segmentBytes));
    } catch (IOException | RuntimeException e) {
      LOG.warn("a file of the request log's spool cannot be made", e);
      remove(file);
      return Optional.empty();
    }
  }
}
