package io.tollgate.sandbox.internal.trading.market;

import java.time.InstantSource;

/**
 * The market's own time, which candles, funding and fills follow; signatures follow the real one.
 * Goes on from where it was set, at its speed, and backwards only when it is set so. Confined to
 * the event loop.
 */
public final class MarketClock {
  private static final double FASTEST = 3_600;

  /** Year 2100: beyond it nothing is computed. */
  private static final long LATEST = 4_102_444_800_000L;

  private final InstantSource real;
  private Setting setting;
  private long latest;

  /**
   * What was set.
   *
   * @param market milliseconds of market time at {@code real}
   * @param real milliseconds of real time
   * @param speed market seconds in a real second
   */
  public record Setting(long market, long real, double speed) {
    public Setting {
      if (market < Instruments.LISTED_SINCE || market > LATEST) {
        throw new IllegalArgumentException(
            "now: %d (expected: %d..%d)".formatted(market, Instruments.LISTED_SINCE, LATEST));
      }
      if (!(speed >= 0 && speed <= FASTEST)) {
        throw new IllegalArgumentException("speed: " + speed + " (expected: 0..3600)");
      }
    }
  }

  public MarketClock(InstantSource real) {
    this.real = real;
    this.setting = new Setting(real.millis(), real.millis(), 1);
    this.latest = setting.market;
  }

  /** Milliseconds of market time. */
  public long millis() {
    double passed = (real.millis() - setting.real) * setting.speed;
    latest = Math.min(LATEST, Math.max(latest, setting.market + (long) passed));
    return latest;
  }

  /** Milliseconds of real time. */
  public long realMillis() {
    return real.millis();
  }

  /**
   * Goes on from a market time, where it was steered: such a market stands still while there is no
   * process. One at its natural speed has gone on.
   */
  public void resume(long from) {
    if (setting.speed != 1) {
      set(new Setting(Math.max(from, setting.market), real.millis(), setting.speed));
    }
  }

  public Setting setting() {
    return setting;
  }

  public void set(Setting to) {
    setting = to;
    latest = to.market;
  }
}
