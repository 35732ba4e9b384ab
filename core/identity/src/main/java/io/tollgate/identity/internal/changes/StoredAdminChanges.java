package io.tollgate.identity.internal.changes;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.data.WriteWitness;
import io.tollgate.ground.ErrorCode;
import io.tollgate.identity.AdminAct;
import io.tollgate.identity.AdminChange;
import io.tollgate.identity.AdminChangeFilter;
import io.tollgate.identity.AdminChangeSums;
import io.tollgate.identity.AdminChanges;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The administrators' log in PostgreSQL. */
public final class StoredAdminChanges implements AdminChanges {
  private static final int SHOWN = 3;
  private static final int NAME_MAX = 64;

  private final Transactions transactions;
  private final InstantSource clock;
  private final ChangeTable table = new ChangeTable();
  private final RefusedRoom room;
  private final Counter done;
  private final Counter refused;
  private final Counter unwritten;

  /**
   * @param clock the database's time
   * @param refusedMax refused calls that are written in a minute
   */
  public StoredAdminChanges(
      Transactions transactions, InstantSource clock, int refusedMax, MeterRegistry registry) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.room = new RefusedRoom(clock, refusedMax);
    this.done = counter(registry, "done");
    this.refused = counter(registry, "refused");
    this.unwritten = counter(registry, "refused_unwritten");
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("tollgate_admin_changes")
        .description("Changes and refused calls in the administrators' log")
        .tag("outcome", outcome)
        .register(registry);
  }

  @Override
  public <T> T noting(AdminAct act, Callable<T> work) throws Exception {
    Noting noting = new Noting(act);
    T result = WriteWitness.during(noting, work);
    if (!noting.written && act.admin().isPresent()) {
      alone(act, act.username(), Optional.empty());
      done.increment();
    }
    return result;
  }

  @Override
  public void refused(AdminAct act, Optional<String> username, ErrorCode code) {
    if (!room.take()) {
      unwritten.increment();
      return;
    }
    alone(act, act.admin().isPresent() ? act.username() : shown(username), Optional.of(code));
    refused.increment();
  }

  private void alone(AdminAct act, String username, Optional<ErrorCode> code) {
    transactions.write(
        transaction -> {
          table.write(transaction, act, username, code, now());
          return act;
        });
  }

  /** People type passwords where their name belongs: a name that nobody has is shown in part. */
  private String shown(Optional<String> given) {
    String name = given.orElse("").strip();
    if (name.isEmpty()) {
      return "";
    }
    boolean known = transactions.read(transaction -> AdminNames.known(transaction, name));
    if (known) {
      return name.length() > NAME_MAX ? name.substring(0, NAME_MAX) : name;
    }
    return name.codePoints()
            .filter(c -> !Character.isISOControl(c))
            .limit(SHOWN)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        + "****";
  }

  @Override
  public ListPage<AdminChange> list(
      Transaction transaction, AdminChangeFilter filter, ListRequest request) {
    return table.page(transaction, filter, request);
  }

  @Override
  public AdminChangeSums sums(Transaction transaction, Instant start, Instant end) {
    return ChangeSums.of(transaction, start, end);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Writes with each transaction what it has changed. Confined to one thread. */
  private final class Noting implements WriteWitness {
    private final AdminAct act;
    private boolean written;

    Noting(AdminAct act) {
      this.act = requireNonNull(act, "act is null");
    }

    @Override
    public void begun(Transaction transaction) {
      table.note(transaction);
    }

    @Override
    public void ending(Transaction transaction) {
      if (table.writeNoted(transaction, act, now())) {
        transaction.afterCommit(
            () -> {
              written = true;
              done.increment();
            });
      }
    }
  }
}
