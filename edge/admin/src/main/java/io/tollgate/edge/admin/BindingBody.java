package io.tollgate.edge.admin;

import io.tollgate.ground.Amount;
import io.tollgate.ground.GivenText;
import io.tollgate.rewards.Points;
import io.tollgate.trading.engine.Binding.Mode;
import io.tollgate.trading.engine.Bindings.BindingChange;
import io.tollgate.trading.engine.Bindings.BindingOrder;
import io.tollgate.trading.engine.Bindings.Place;
import io.tollgate.web.JsonFields;
import java.math.BigDecimal;

/** Reads what a body says of a binding, whosever it is. */
final class BindingBody {
  private static final int USUAL_LEVERAGE = 20;
  private static final int WHOLE = 100;
  private static final String POINTS = "0 or more points, at most 8 decimals";

  private BindingBody() {}

  /** What it names; the rest is to stay. */
  static BindingChange of(JsonFields body) {
    return new BindingChange(
        body.wholeNumber("mode", 1, 2).map(mode -> mode == 1 ? Mode.ONCE : Mode.LOOP),
        TradingFields.usdt(body, "capital"),
        TradingFields.whole(body, "leverage", 1, 125),
        TradingFields.riskMode(body),
        body.decimal("min_point_card", POINTS).map(BindingBody::points),
        TradingFields.usdt(body, "max_loss_per_trade"),
        TradingFields.whole(body, "ratio", 1, WHOLE),
        TradingFields.oneOrZero(body, "status"));
  }

  /** The same of a binding that is to be made; the rest is as usual. */
  static BindingOrder order(Place place, BindingChange given) {
    return new BindingOrder(
        place,
        given.mode().orElse(Mode.LOOP),
        given.capital().filter(capital -> capital.signum() > 0),
        given.leverage().orElse(USUAL_LEVERAGE),
        given.riskMode(),
        given.minPointCard().orElse(Points.of(BigDecimal.ONE)),
        given.maxLossPerTrade(),
        given.ratio().orElse(WHOLE),
        given.running().orElse(true));
  }

  private static Amount points(BigDecimal given) {
    boolean fits =
        given.precision() <= 40
            && Math.abs((long) given.scale()) <= 40
            && given.signum() >= 0
            && given.compareTo(new BigDecimal("1000000000")) <= 0
            && given.stripTrailingZeros().scale() <= 8;
    if (!fits) {
      throw GivenText.refused("min_point_card", given.toString(), POINTS);
    }
    return Points.of(given);
  }
}
