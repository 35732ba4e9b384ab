package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.KEPT_OBJECT;
import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.row;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.relay.accounts.BatchLines;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.KeptObject.State;
import io.tollgate.relay.accounts.KeptObjects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jooq.Condition;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/**
 * What providers keep, in the database. One thread writes all that waits in one transaction, so
 * that a busy gateway pays a few transactions a second for it, however many answers it remembers.
 */
public final class StoredKept implements KeptObjects, AutoCloseable {
  private static final int MAX_WAITING = 20_000;
  private static final int MAX_AT_ONCE = 500;

  private final Transactions transactions;
  private final BatchLines lines = new StoredLines();
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final ExecutorService reading =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("kept-objects-", 0).factory());
  private final Thread writing;

  private record Waiting(KeptObject object, CompletableFuture<KeptObject> written) {}

  public StoredKept(Transactions transactions) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    writing = Thread.ofVirtual().name("kept-objects-writer").start(this::writeAll);
  }

  @Override
  public CompletionStage<?> remember(KeptObject object) {
    CompletableFuture<KeptObject> written = new CompletableFuture<>();
    if (!waiting.offer(new Waiting(object, written))) {
      written.completeExceptionally(
          new Refusal(ErrorCode.UNAVAILABLE, "too much waits to be remembered at this moment"));
    }
    return written;
  }

  private void writeAll() {
    List<Waiting> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(waiting.take());
        int _ = waiting.drainTo(batch, MAX_AT_ONCE - 1);
        write(batch);
        batch.clear();
      }
    } catch (InterruptedException _) {
      int _ = waiting.drainTo(batch);
      if (!batch.isEmpty()) {
        write(batch);
      }
    }
  }

  private void write(List<Waiting> batch) {
    try {
      var _ =
          transactions.write(
              transaction -> {
                KeptTable.add(transaction, batch.stream().map(Waiting::object).toList());
                return true;
              });
      batch.forEach(each -> each.written.complete(each.object));
    } catch (RuntimeException e) {
      batch.forEach(each -> each.written.completeExceptionally(e));
    }
  }

  @Override
  public CompletionStage<Optional<KeptObject>> find(
      KeptKind kind, String id, TenantId tenant, UserId user) {
    if (id.isEmpty() || id.length() > KeptObject.MAX_ID || id.indexOf('\0') >= 0) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return CompletableFuture.supplyAsync(
        () -> transactions.read(transaction -> KeptTable.find(transaction, kind, id, tenant, user)),
        reading);
  }

  @Override
  public void add(Transaction transaction, KeptObject object) {
    KeptTable.add(transaction, List.of(object));
  }

  @Override
  public Optional<KeptObject> lock(Transaction transaction, KeptObject object) {
    return KeptTable.lock(transaction, object);
  }

  @Override
  public void move(Transaction transaction, KeptObject object, State state) {
    KeptTable.move(transaction, object, state);
  }

  @Override
  public List<KeptObject> list(
      Transaction transaction,
      KeptKind kind,
      TenantId tenant,
      UserId user,
      Optional<String> purpose,
      Optional<String> after,
      boolean oldestFirst,
      int limit) {
    Optional<KeptObject> place =
        after.flatMap(id -> KeptTable.find(transaction, kind, id, tenant, user));
    if (after.isPresent() && place.isEmpty()) {
      return List.of();
    }
    var key = row(KEPT_OBJECT.CREATED_AT, KEPT_OBJECT.OBJECT_ID);
    Condition behind =
        place
            .<Condition>map(
                object ->
                    oldestFirst
                        ? key.greaterThan(object.createdAt(), object.id())
                        : key.lessThan(object.createdAt(), object.id()))
            .orElse(DSL.noCondition());
    List<SortField<?>> order =
        oldestFirst
            ? List.of(KEPT_OBJECT.CREATED_AT.asc(), KEPT_OBJECT.OBJECT_ID.asc())
            : List.of(KEPT_OBJECT.CREATED_AT.desc(), KEPT_OBJECT.OBJECT_ID.desc());
    return transaction
        .sql()
        .selectFrom(KEPT_OBJECT)
        .where(KEPT_OBJECT.TENANT_ID.eq(tenant.value()))
        .and(KEPT_OBJECT.USER_ID.eq(user.value()))
        .and(KEPT_OBJECT.KIND.eq(kind.code()))
        .and(KEPT_OBJECT.STATE.ne(State.DELETED.code()))
        .and(purpose.<Condition>map(KEPT_OBJECT.PURPOSE::eq).orElse(DSL.noCondition()))
        .and(behind)
        .orderBy(order)
        .limit(limit)
        .fetch(KeptTable::object);
  }

  @Override
  public List<KeptObject> due(Transaction transaction, Duration next, int limit) {
    List<KeptObject> due =
        transaction
            .sql()
            .selectFrom(KEPT_OBJECT)
            .where(KEPT_OBJECT.STATE.eq(State.RUNNING.code()))
            .and(KEPT_OBJECT.DUE_AT.le(DSL.currentInstant()))
            .orderBy(KEPT_OBJECT.DUE_AT)
            .limit(limit)
            .forUpdate()
            .skipLocked()
            .fetch(KeptTable::object);
    due.forEach(object -> putOff(transaction, object, next));
    return due;
  }

  private static void putOff(Transaction transaction, KeptObject object, Duration time) {
    transaction
        .sql()
        .update(KEPT_OBJECT)
        .set(
            KEPT_OBJECT.DUE_AT,
            DSL.field("now() + {0} * interval '1 millisecond'", Instant.class, time.toMillis()))
        .where(KeptTable.is(object))
        .execute();
  }

  @Override
  public void failed(Transaction transaction, KeptObject object, Duration base, Duration max) {
    transaction
        .sql()
        .update(KEPT_OBJECT)
        .set(KEPT_OBJECT.FAILURES, KEPT_OBJECT.FAILURES.plus(1))
        .set(
            KEPT_OBJECT.DUE_AT,
            DSL.field(
                "now() + least({0} * power(2, least(failures, 20)), {1}) * interval '1 millisecond'",
                Instant.class, base.toMillis(), max.toMillis()))
        .where(KeptTable.is(object))
        .execute();
  }

  @Override
  public void told(Transaction transaction, KeptObject object, String document) {
    int _ =
        transaction
            .sql()
            .update(KEPT_OBJECT)
            .set(KEPT_OBJECT.DOCUMENT, document)
            .where(KeptTable.is(object))
            .execute();
  }

  @Override
  public BatchLines lines() {
    return lines;
  }

  @Override
  public void hasten(Transaction transaction, KeptObject object) {
    putOff(transaction, object, Duration.ZERO);
  }

  @Override
  public Optional<KeptObject> running(Transaction transaction, ChargeId charge) {
    return transaction
        .sql()
        .selectFrom(KEPT_OBJECT)
        .where(KEPT_OBJECT.STATE.eq(State.RUNNING.code()))
        .and(KEPT_OBJECT.CHARGE_ID.eq(charge.value()))
        .limit(1)
        .fetchOptional(KeptTable::object);
  }

  @Override
  public Running running(Transaction transaction) {
    var count = DSL.count();
    var oldest = DSL.min(KEPT_OBJECT.CREATED_AT);
    return transaction
        .sql()
        .select(count, oldest)
        .from(KEPT_OBJECT)
        .where(KEPT_OBJECT.STATE.eq(State.RUNNING.code()))
        .fetchSingle(row -> new Running(row.get(count), Optional.ofNullable(row.get(oldest))));
  }

  @Override
  public List<KeptObject> running(Transaction transaction, Optional<TenantId> tenant, int limit) {
    return transaction
        .sql()
        .selectFrom(KEPT_OBJECT)
        .where(KEPT_OBJECT.STATE.eq(State.RUNNING.code()))
        .and(
            tenant
                .<Condition>map(id -> KEPT_OBJECT.TENANT_ID.eq(id.value()))
                .orElse(DSL.noCondition()))
        .orderBy(KEPT_OBJECT.CREATED_AT, KEPT_OBJECT.OBJECT_ID)
        .limit(limit)
        .fetch(KeptTable::object);
  }

  @Override
  public int forget(Transaction transaction, KeptKind kind, Instant before, int limit) {
    return transaction
        .sql()
        .deleteFrom(KEPT_OBJECT)
        .where(
            row(KEPT_OBJECT.KIND, KEPT_OBJECT.OBJECT_ID, KEPT_OBJECT.ACCOUNT_ID)
                .in(
                    DSL.select(KEPT_OBJECT.KIND, KEPT_OBJECT.OBJECT_ID, KEPT_OBJECT.ACCOUNT_ID)
                        .from(KEPT_OBJECT)
                        .where(KEPT_OBJECT.KIND.eq(kind.code()))
                        .and(KEPT_OBJECT.CREATED_AT.lt(before))
                        .and(KEPT_OBJECT.STATE.ne(State.RUNNING.code()))
                        .limit(limit)))
        .execute();
  }

  /** Writes what waits. */
  @Override
  public void close() {
    writing.interrupt();
    try {
      boolean _ = writing.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reading.shutdown();
  }
}
