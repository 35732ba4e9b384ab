package io.tollgate.payments.internal.stripe;

import io.tollgate.payments.BillLine;
import io.tollgate.payments.ChannelBill;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.internal.wire.ChannelJson;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A day of Stripe, from its lists of charges and refunds. Stripe's days are those of UTC. */
final class StripeBill {
  private final StripeWire wire;
  private final long maxBytes;

  StripeBill(StripeWire wire, long maxBytes) {
    this.wire = wire;
    this.maxBytes = maxBytes;
  }

  ChannelBill of(LocalDate day) {
    List<BillLine> lines = new ArrayList<>();
    for (JsonNode charge : all("/v1/charges", day)) {
      if ("succeeded".equals(ChannelJson.text(charge, "status").orElse(""))) {
        lines.add(line(charge, "order", Optional.empty()));
      }
    }
    for (JsonNode refund : all("/v1/refunds", day)) {
      String status = ChannelJson.text(refund, "status").orElse("");
      if (!status.equals("failed") && !status.equals("canceled")) {
        String number =
            ChannelJson.text(refund.path("metadata"), "number")
                .orElseGet(() -> ChannelJson.require(refund, "id"));
        lines.add(line(refund, "order", Optional.of(number)));
      }
    }
    return new ChannelBill(day, lines);
  }

  private static BillLine line(JsonNode object, String order, Optional<String> refund) {
    return new BillLine(
        ChannelJson.text(object.path("metadata"), order).orElse(""),
        StripeChannel.payment(object).orElseGet(() -> ChannelJson.require(object, "id")),
        refund,
        StripeChannel.money(object, "amount"));
  }

  private List<JsonNode> all(String path, LocalDate day) {
    long from = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    long to = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    String query = path + "?limit=100&created%5Bgte%5D=" + from + "&created%5Blt%5D=" + to;
    List<JsonNode> all = new ArrayList<>();
    long bytes = 0;
    String after = "";
    boolean more = true;
    while (more) {
      StripeWire.Answer page =
          wire.get(query + after).orElseThrow(() -> ChannelFault.refused("Stripe has no " + path));
      bytes += page.bytes();
      if (bytes > maxBytes) {
        throw ChannelFault.refused("a day of Stripe is longer than the bound");
      }
      int before = all.size();
      page.json().path("data").forEach(all::add);
      more = page.json().path("has_more").asBoolean(false) && all.size() > before;
      if (more) {
        after = "&starting_after=" + ChannelJson.require(all.getLast(), "id");
      }
    }
    return all;
  }
}
