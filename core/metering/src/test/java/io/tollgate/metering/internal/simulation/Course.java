package io.tollgate.metering.internal.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Plays history after history until so many steps are done, and writes down every minute how far it
 * is. How many, from which seed, on how many threads and where to write is told by system
 * properties; without them it is what the normal suite does.
 */
public final class Course {
  private static final long SEED = Long.getLong("tollgate.simulation.seed", 1L);
  private static final int THREADS = Integer.getInteger("tollgate.simulation.threads", 1);
  private static final Optional<Path> FILE =
      Optional.ofNullable(System.getProperty("tollgate.simulation.file")).map(Path::of);
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final String what;
  private final long steps;
  private final AtomicLong seeds = new AtomicLong(SEED);
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong saidAt = new AtomicLong(System.nanoTime());
  private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());

  private Course(String what, long steps) {
    this.what = what;
    this.steps = steps;
  }

  /** Plays the history of a seed. Used by one thread. */
  public interface Player {
    static Player of(LongFunction<Optional<String>> play, LongSupplier steps) {
      return new Player() {
        @Override
        public Optional<String> play(long seed) {
          return play.apply(seed);
        }

        @Override
        public long steps() {
          return steps.getAsLong();
        }
      };
    }

    /** What went wrong, if anything, with the history made short. */
    Optional<String> play(long seed);

    /** Steps taken so far. */
    long steps();
  }

  /**
   * Runs a course; answers what went wrong first, if anything.
   *
   * @param usual steps of the normal suite; otherwise half of those asked for
   */
  public static Optional<String> run(String what, long usual, Supplier<Player> players) {
    long asked = Long.getLong("tollgate.simulation.steps", 0L);
    Course course = new Course(what, asked > 0 ? Math.ceilDiv(asked, 2) : usual);
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int i = 1; i < THREADS; i++) {
      threads.add(CompletableFuture.runAsync(() -> course.play(players.get())));
    }
    course.play(players.get());
    threads.forEach(CompletableFuture::join);
    course.say();
    return course.failure.get();
  }

  private void play(Player player) {
    long before = player.steps();
    while (done.get() < steps && failure.get().isEmpty()) {
      long seed = seeds.getAndIncrement();
      Optional<String> found = player.play(seed);
      done.addAndGet(player.steps() - before);
      before = player.steps();
      found.ifPresent(
          message ->
              failure.compareAndSet(
                  Optional.empty(), Optional.of("seed " + seed + ": " + message)));
      long last = saidAt.get();
      if (System.nanoTime() - last >= MINUTE && saidAt.compareAndSet(last, System.nanoTime())) {
        say();
      }
    }
  }

  private void say() {
    String line =
        String.format(
            "%s: %,d of %,d steps, seeds %d to %d%s%n",
            what,
            done.get(),
            steps,
            SEED,
            seeds.get() - 1,
            failure.get().map(message -> "; FAILED at " + message).orElse(", nothing found"));
    FILE.ifPresent(
        file -> {
          try {
            Files.writeString(
                file, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
