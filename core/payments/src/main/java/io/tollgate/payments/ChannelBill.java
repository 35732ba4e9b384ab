package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;

/** What a channel says was paid and given back in a day. */
public record ChannelBill(LocalDate day, List<BillLine> lines) {
  public ChannelBill {
    requireNonNull(day, "day is null");
    lines = List.copyOf(lines);
  }
}
