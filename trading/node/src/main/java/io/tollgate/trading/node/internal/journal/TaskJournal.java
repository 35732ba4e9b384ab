package io.tollgate.trading.node.internal.journal;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.node.internal.journal.TaskRecord.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node knows of its tasks, whatever happens to its process. What {@link #write} was given is
 * on disk when it returns; what many write at one time is forced together. The last record of a
 * task stands for it. How a task ended is forgotten after a while; one whose order may have been
 * sent is not. When a write fails, nothing is written any more until the process starts again: what
 * a failed disk has kept is known only by reading it. Safe for use by many threads, which may be
 * interrupted.
 */
public final class TaskJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskJournal.class);
  private static final int WAITING = 4096;
  private static final int BATCH = 512;

  /** Below it, the file is not worth being written anew. */
  private static final long SMALL = 256L << 10;

  private final JournalLimits limits;
  private final InstantSource clock;
  private final Runnable compacting;
  private final JournalFile file;
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(WAITING);
  private final Thread writer;
  private final ReentrantLock entrance = new ReentrantLock();
  private long worthwhile = SMALL;
  private volatile Optional<String> failed = Optional.empty();
  private boolean closing;

  /** Where the last record of a task lies. */
  private record Place(long position, boolean ended, Instant at) {}

  private sealed interface Job {
    CompletableFuture<?> done();
  }

  private record Write(TaskRecord record, byte[] content, CompletableFuture<Boolean> done)
      implements Job {}

  private record Read(String taskId, CompletableFuture<Optional<TaskRecord>> done) implements Job {}

  private record Close(CompletableFuture<Boolean> done) implements Job {}

  private TaskJournal(Path folder, JournalLimits limits, InstantSource clock, Runnable compacting)
      throws IOException {
    this.limits = requireNonNull(limits, "limits is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.compacting = requireNonNull(compacting, "compacting is null");
    this.file = JournalFile.open(folder, this::found);
    this.writer = Thread.ofPlatform().name("journal").unstarted(this::run);
  }

  /**
   * Opens the journal in a folder, which is made where it is missing.
   *
   * @param compacting told when the file has been written anew and does not yet stand for the old
   * @throws JournalException when it is damaged, or another process has it
   */
  public static TaskJournal open(
      Path folder, JournalLimits limits, InstantSource clock, Runnable compacting) {
    try {
      TaskJournal journal = new TaskJournal(folder, limits, clock, compacting);
      journal.writer.start();
      return journal;
    } catch (IOException e) {
      throw new JournalException("the journal in " + folder + " cannot be used: " + e, e);
    }
  }

  /**
   * What is known of a task.
   *
   * @throws JournalException when it cannot be read
   */
  public Optional<TaskRecord> find(String taskId) {
    if (!places.containsKey(taskId)) {
      return Optional.empty();
    }
    return submit(new Read(taskId, new CompletableFuture<>()));
  }

  /**
   * Writes a record in place of the task's former one; it is on disk when this returns.
   *
   * @throws JournalException when it is not; also when the journal is full and does not know the
   *     task
   */
  public void write(TaskRecord record) {
    boolean unused = submit(new Write(record, RecordText.write(record), new CompletableFuture<>()));
  }

  /** Why nothing can be written; empty when something can. */
  public Optional<String> failure() {
    return failed;
  }

  /** Whether it has anything of a task; asks no disk. */
  public boolean knows(String taskId) {
    return places.containsKey(taskId);
  }

  /** Tasks it knows. */
  public int tasks() {
    return places.size();
  }

  private <T> T submit(Job job) {
    try {
      entrance.lockInterruptibly();
      try {
        if (closing) {
          throw new JournalException("the journal is closed");
        }
        jobs.put(job);
      } finally {
        entrance.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalException("interrupted before it was written", e);
    }
    return joined(job);
  }

  /** Waits also when interrupted: whether it was written has to be known. */
  @SuppressWarnings("unchecked")
  private static <T> T joined(Job job) {
    try {
      return (T) job.done().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new JournalException(String.valueOf(cause.getMessage()), cause);
    }
  }

  private void found(long position, byte[] content) {
    TaskRecord record;
    try {
      record = RecordText.read(content);
    } catch (RuntimeException e) {
      throw new JournalException("a record at byte " + position + " is none of ours", e);
    }
    places.put(record.taskId(), new Place(position, record instanceof Ended, record.at()));
  }

  private void run() {
    List<Job> batch = new ArrayList<>();
    boolean open = true;
    while (open) {
      try {
        batch.add(jobs.take());
      } catch (InterruptedException e) {
        // nobody has reason to; what waits is written all the same
        continue;
      }
      jobs.drainTo(batch, BATCH - 1);
      open = batch.stream().noneMatch(Close.class::isInstance);
      serve(batch);
      batch.clear();
    }
  }

  private void serve(List<Job> batch) {
    try {
      boolean tight = isTight();
      List<Write> written = new ArrayList<>();
      List<Long> positions = new ArrayList<>();
      for (Job job : batch) {
        if (job instanceof Write write && admitted(write, tight)) {
          positions.add(file.append(write.content()));
          written.add(write);
        }
      }
      if (!written.isEmpty()) {
        file.force();
      }
      for (int i = 0; i < written.size(); i++) {
        found(positions.get(i), written.get(i).content());
      }
      written.forEach(write -> write.done().complete(true));
      for (Job job : batch) {
        switch (job) {
          case Read read -> read.done().complete(recordOf(read.taskId()));
          case Close close -> close.done().complete(true);
          case Write _ -> {}
        }
      }
      if (file.bytes() > worthwhile) {
        compact();
      }
    } catch (IOException | RuntimeException e) {
      fail(batch, e);
    }
  }

  /** Whether there is no room for tasks that are not known yet, also after a compaction. */
  private boolean isTight() throws IOException {
    if (file.bytes() >= limits.maxBytes()) {
      compact();
    }
    return file.bytes() >= limits.maxBytes() || file.freeBytes() < limits.freeBytes();
  }

  private boolean admitted(Write write, boolean tight) {
    Optional<String> before = failed;
    if (before.isPresent()) {
      write.done().completeExceptionally(new JournalException(before.get()));
      return false;
    }
    // what was sent may always be told the end of
    if (tight && !places.containsKey(write.record().taskId())) {
      write
          .done()
          .completeExceptionally(
              new JournalException(
                  "the journal is full: "
                      + file.bytes()
                      + " bytes (expected: less than "
                      + limits.maxBytes()
                      + ", and "
                      + limits.freeBytes()
                      + " left on the disk)"));
      return false;
    }
    return true;
  }

  private Optional<TaskRecord> recordOf(String taskId) throws IOException {
    Place place = places.get(taskId);
    return place == null
        ? Optional.empty()
        : Optional.of(RecordText.read(file.read(place.position())));
  }

  private void compact() throws IOException {
    Instant before = clock.instant().minus(limits.keep());
    places.values().removeIf(place -> place.ended() && place.at().isBefore(before));
    List<Long> kept =
        places.values().stream().map(Place::position).sorted(Comparator.naturalOrder()).toList();
    long bytes = file.bytes();
    if (!file.rewrite(kept, this::found, compacting)) {
      worthwhile = bytes * 2;
      return;
    }
    worthwhile = Math.max(SMALL, file.bytes() * 2);
    LOG.atInfo()
        .addKeyValue("bytes_before", bytes)
        .addKeyValue("bytes", file.bytes())
        .addKeyValue("tasks", places.size())
        .log("journal compacted");
  }

  private void fail(List<Job> batch, Exception cause) {
    if (failed.isEmpty()) {
      LOG.atError().setCause(cause).log("the journal cannot be written any more");
      failed = Optional.of("the journal failed: " + cause.getMessage());
    }
    batch.forEach(job -> job.done().completeExceptionally(cause));
  }

  /** Writes what waits, and closes the file. */
  @Override
  public void close() {
    entrance.lock();
    try {
      if (closing) {
        return;
      }
      closing = true;
      jobs.put(new Close(new CompletableFuture<>()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } finally {
      entrance.unlock();
    }
    try {
      writer.join();
      file.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new JournalException("the journal did not close", e);
    }
  }
}
