package io.tollgate.tests.crash;

import io.tollgate.tests.crash.Books.Booked;
import io.tollgate.tests.crash.Books.Loss;
import io.tollgate.tests.crash.Witness.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The books beside the witness and what callers got: completed ⊆ booked, exactly; served − booked ⊆
 * in doubt ∪ loss entries; booked − served = ∅; nothing twice.
 */
final class Comparison {
  private final Map<String, Completed> completed;
  private final Map<String, List<Attempt>> served;
  private final Map<String, List<Booked>> booked;
  private final Map<String, Instant> undecided;
  private final List<Loss> losses;
  private final List<String> faults = new ArrayList<>();
  private long lost;
  private long doubled;

  Comparison(
      Map<String, Completed> completed,
      Map<String, List<Attempt>> served,
      Map<String, List<Booked>> booked,
      Map<String, Instant> undecided,
      List<Loss> losses) {
    this.completed = completed;
    this.served = served;
    this.booked = booked;
    this.undecided = undecided;
    this.losses = losses;
    completed.values().forEach(this::completedIsBooked);
    served.forEach(this::servedIsBookedOrInDoubt);
    booked.values().forEach(this::bookedWasServed);
  }

  /** Charges with certain usage. */
  long booked() {
    return booked.values().stream().filter(rows -> !rows.getFirst().inDoubt()).count();
  }

  /** Requests of which nobody knows what was used, decided or not. */
  long inDoubt() {
    return undecided.size()
        + booked.values().stream().filter(rows -> rows.getFirst().inDoubt()).count();
  }

  /** When those were opened. */
  List<Instant> inDoubtOpened() {
    return Stream.concat(
            undecided.values().stream(),
            booked.values().stream()
                .map(List::getFirst)
                .filter(Booked::inDoubt)
                .map(Booked::openedAt))
        .toList();
  }

  /** Charges that the means did not cover. */
  long owed() {
    return booked.values().stream().filter(rows -> rows.getFirst().owed() > 0).count();
  }

  /** Requests that were served or completed and of which the books know nothing. */
  long lost() {
    return lost;
  }

  long doubled() {
    return doubled;
  }

  /** A sentence for each thing that does not fit. */
  List<String> faults() {
    return faults;
  }

  private void completedIsBooked(Completed answer) {
    List<Booked> rows = booked.get(answer.id());
    if (rows == null) {
      lost++;
      fault("completed and not booked: " + answer);
      return;
    }
    Booked row = rows.getFirst();
    if (row.inDoubt()) {
      fault("completed and in doubt: " + row);
    }
    if (!row.usage().equals(answer.usage())) {
      fault("booked " + row + " (expected: " + answer + ")");
    }
    boolean witnessed =
        served.getOrDefault(answer.id(), List.of()).stream()
            .anyMatch(
                attempt ->
                    attempt.input() == answer.usage().input()
                        && (answer.stopped()
                            ? delivered(row, attempt)
                            : attempt.output() == answer.usage().output()));
    if (!witnessed) {
      fault("completed " + answer + " (expected: served as " + served.get(answer.id()) + ")");
    }
  }

  /**
   * Whether a stream that was stopped is charged for no more than its provider had sent, who was
   * ahead of what its caller could pay. Anthropic tells nobody how it makes tokens: what has passed
   * counts by its bytes, which is up to twice as much.
   */
  private static boolean delivered(Booked row, Attempt attempt) {
    long counted = row.model().equals(Prices.CLAUDE) ? 2 * attempt.output() : attempt.output();
    return row.usage().output() <= counted;
  }

  private void servedIsBookedOrInDoubt(String id, List<Attempt> attempts) {
    if (attempts.stream().noneMatch(Attempt::served)
        || booked.containsKey(id)
        || undecided.containsKey(id)) {
      return;
    }
    if (!completed.containsKey(id)) {
      lost++;
    }
    if (attempts.stream()
        .filter(Attempt::served)
        .allMatch(attempt -> losses.stream().anyMatch(loss -> loss.covers(attempt.begun())))) {
      return;
    }
    fault(
        "served and neither booked, nor in doubt, nor within a loss entry: " + id + " " + attempts);
  }

  private void bookedWasServed(List<Booked> rows) {
    Booked row = rows.getFirst();
    if (rows.size() > 1) {
      doubled++;
      fault("booked " + rows.size() + " times: " + rows);
    }
    if (undecided.containsKey(row.id())) {
      fault("booked and undecided: " + row);
    }
    if (row.inDoubt()) {
      return;
    }
    if (row.usage().input() + row.usage().output() > 0
        && served.getOrDefault(row.id(), List.of()).stream().noneMatch(Attempt::served)) {
      fault("booked and never served: " + row);
    }
    long price = Prices.price(row.model(), row.usage(), row.quota());
    if (row.paid() + row.owed() != price) {
      fault("charged " + (row.paid() + row.owed()) + " for " + row + " (expected: " + price + ")");
    }
  }

  private void fault(String sentence) {
    faults.add(sentence);
  }
}
