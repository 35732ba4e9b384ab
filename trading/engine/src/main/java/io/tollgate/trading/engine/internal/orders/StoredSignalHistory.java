package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.SIGNAL;
import static io.tollgate.schema.trading.Tables.SIGNAL_EVENT;
import static io.tollgate.schema.trading.Tables.STRATEGY;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListQuery;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.schema.trading.tables.records.SignalEventRecord;
import io.tollgate.trading.engine.SignalHistory;
import io.tollgate.trading.engine.execution.SignalStatus;
import io.tollgate.trading.engine.internal.Cursors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** What happened to signals, in PostgreSQL. */
public final class StoredSignalHistory implements SignalHistory {
  private static final List<SignalStatus> GOOD = List.of(SignalStatus.EXECUTED);
  private static final List<SignalStatus> BAD = List.of(SignalStatus.FAILED, SignalStatus.REJECTED);
  private static final List<SignalStatus> OPEN =
      Arrays.stream(SignalStatus.values())
          .filter(status -> !GOOD.contains(status) && !BAD.contains(status))
          .filter(status -> status != SignalStatus.EXPIRED && status != SignalStatus.CANCELLED)
          .toList();

  @Override
  public ListQuery<EventFilter, Event> events() {
    return StoredSignalHistory::events;
  }

  private static ListPage<Event> events(
      Transaction transaction, EventFilter filter, ListRequest request) {
    Condition which = where(filter);
    return ListPage.of(
        transaction
            .sql()
            .selectFrom(SIGNAL_EVENT)
            .where(which)
            .and(
                request
                    .cursor()
                    .map(Cursors::id)
                    .map(SIGNAL_EVENT.ID::lt)
                    .orElseGet(DSL::noCondition))
            .orderBy(SIGNAL_EVENT.ID.desc())
            .offset(request.offset())
            .limit(request.limit())
            .fetch(StoredSignalHistory::event),
        request,
        event -> Long.toString(event.id()),
        () -> transaction.sql().fetchCount(SIGNAL_EVENT, which));
  }

  private static Condition where(EventFilter filter) {
    List<Condition> all = new ArrayList<>();
    filter.tenant().ifPresent(of -> all.add(SIGNAL_EVENT.TENANT_ID.eq(of.value())));
    filter.account().ifPresent(of -> all.add(SIGNAL_EVENT.ACCOUNT_ID.eq(of)));
    filter.signal().ifPresent(of -> all.add(SIGNAL_EVENT.SIGNAL_ID.eq(of)));
    filter.type().ifPresent(of -> all.add(SIGNAL_EVENT.EVENT_TYPE.eq(of)));
    filter.status().ifPresent(of -> all.add(SIGNAL_EVENT.STATUS.eq(of)));
    filter.source().ifPresent(of -> all.add(SIGNAL_EVENT.SOURCE_SERVICE.eq(of)));
    filter.strategy().ifPresent(of -> all.add(SIGNAL_EVENT.STRATEGY_CODE.eq(of)));
    filter.from().ifPresent(from -> all.add(SIGNAL_EVENT.CREATED_AT.ge(from)));
    filter.until().ifPresent(until -> all.add(SIGNAL_EVENT.CREATED_AT.lt(until)));
    return DSL.and(all);
  }

  private static Event event(SignalEventRecord row) {
    Long account = row.getAccountId();
    return new Event(
        row.getId(),
        row.getSignalId(),
        Optional.ofNullable(row.getTaskId()),
        account == null ? OptionalLong.empty() : OptionalLong.of(account),
        row.getEventType(),
        row.getStatus(),
        row.getSourceService(),
        row.getDetail().data(),
        Optional.ofNullable(row.getErrorCode()),
        Optional.ofNullable(row.getErrorMessage()),
        Optional.ofNullable(row.getRequestId()),
        row.getCreatedAt());
  }

  @Override
  public Stats stats(Transaction transaction) {
    return transaction
        .sql()
        .select(DSL.count(), count(GOOD), count(BAD), count(OPEN))
        .from(SIGNAL)
        .fetchSingle(row -> new Stats(row.value1(), row.value2(), row.value3(), row.value4()));
  }

  private static Field<Integer> count(List<SignalStatus> among) {
    return DSL.count()
        .filterWhere(SIGNAL.STATUS.in(among.stream().map(SignalStatus::code).toList()));
  }

  @Override
  public List<NamedStrategy> strategies(Transaction transaction) {
    return transaction
        .sql()
        .selectDistinct(
            SIGNAL_EVENT.STRATEGY_CODE,
            DSL.coalesce(
                DSL.field(
                    DSL.select(STRATEGY.NAME)
                        .from(STRATEGY)
                        .where(STRATEGY.CODE.eq(SIGNAL_EVENT.STRATEGY_CODE))
                        .and(STRATEGY.DELETED_AT.isNull())
                        .limit(1)),
                SIGNAL_EVENT.STRATEGY_CODE))
        .from(SIGNAL_EVENT)
        .where(SIGNAL_EVENT.STRATEGY_CODE.isNotNull())
        .orderBy(SIGNAL_EVENT.STRATEGY_CODE)
        .fetch(row -> new NamedStrategy(row.value1(), row.value2()));
  }
}
