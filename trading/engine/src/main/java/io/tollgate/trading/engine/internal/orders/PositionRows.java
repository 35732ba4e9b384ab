package io.tollgate.trading.engine.internal.orders;

import io.tollgate.schema.trading.tables.records.PositionRecord;
import io.tollgate.trading.engine.episode.Episode;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.CloseReason;
import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.execution.PositionKey;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import java.time.Instant;
import java.util.Optional;

/** Positions as rows. */
final class PositionRows {
  private PositionRows() {}

  static HeldPosition read(PositionRecord row) {
    Direction direction = Direction.valueOf(row.getPositionSide());
    Instant closed = row.getClosedAt();
    String reason = row.getCloseReason();
    return new HeldPosition(
        row.getPositionId(),
        new PositionKey(
            row.getAccountId(),
            MarketType.of("market_type", row.getMarketType()),
            Symbol.of(row.getSymbol()),
            direction),
        new Episode(
            direction,
            row.getQuantity(),
            row.getTotalCost(),
            row.getGross(),
            row.getFees(),
            row.getFunding()),
        new Levels(
            Optional.ofNullable(row.getStopLoss()), Optional.ofNullable(row.getTakeProfit())),
        Optional.ofNullable(row.getStrategyCode()),
        new TaskId(row.getOpenedBy()),
        Optional.ofNullable(row.getClosingTask()).map(TaskId::new),
        row.getClosesEnded(),
        row.getOpenedAt(),
        closed == null || reason == null
            ? Optional.empty()
            : Optional.of(new HeldPosition.Closed(CloseReason.valueOf(reason), closed)));
  }

  static void write(PositionRecord row, HeldPosition position, BookedAccount account, Instant now) {
    Episode episode = position.episode();
    row.setPositionId(position.id());
    row.setTenantId(account.tenant().value());
    row.setUserId(account.user().value());
    row.setAccountId(account.id());
    row.setExchange(account.exchange().code());
    row.setSymbol(position.key().symbol().toString());
    row.setMarketType(position.key().market().code());
    row.setPositionSide(position.key().direction().name());
    row.setStrategyCode(position.strategy().orElse(null));
    row.setOpenedBy(position.openedBy().text());
    row.setQuantity(episode.quantity());
    row.setTotalCost(episode.cost());
    row.setGross(episode.gross());
    row.setFees(episode.fees());
    row.setFunding(episode.funding());
    // of a closed one the last that it cost on average stays
    episode.averageCost().ifPresent(row::setEntryPrice);
    row.setStopLoss(position.levels().stop().orElse(null));
    row.setTakeProfit(position.levels().target().orElse(null));
    row.setClosingTask(position.closing().map(TaskId::text).orElse(null));
    row.setClosesEnded(position.closesEnded());
    row.setStatus(position.closed().map(PositionRows::ended).orElse("OPEN"));
    row.setCloseReason(position.closed().map(each -> each.reason().name()).orElse(null));
    row.setOpenedAt(position.openedAt());
    row.setClosedAt(position.closed().map(HeldPosition.Closed::at).orElse(null));
    row.setUpdatedAt(now);
  }

  private static String ended(HeldPosition.Closed closed) {
    return closed.reason() == CloseReason.LIQUIDATION ? "LIQUIDATED" : "CLOSED";
  }
}
