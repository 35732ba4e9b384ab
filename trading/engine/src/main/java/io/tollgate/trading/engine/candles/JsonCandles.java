package io.tollgate.trading.engine.candles;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.internal.CandleColumn;
import io.tollgate.trading.engine.candles.internal.CandleRow;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * Candles of a JSON list, read as they are asked for: objects with {@code timestamp} (or {@code
 * time}, {@code ts}), {@code open, high, low, close, volume}; numbers may be in quotes, further
 * members are passed over. An object that is broken is refused with {@code VALIDATION_ERROR}, which
 * names its place; what is no JSON with {@code MALFORMED_BODY}.
 */
public final class JsonCandles extends CandleRow {
  private static final String OBJECT =
      "an object with timestamp, open, high, low, close and volume";

  private final JsonParser json;
  private boolean over;

  /**
   * @param json that stands at the beginning of the list; it is left at its end
   * @throws Refusal {@code VALIDATION_ERROR} where it does not
   */
  public JsonCandles(JsonParser json) {
    this.json = requireNonNull(json, "json is null");
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw refused("candles", "a list of objects");
    }
  }

  @Override
  public boolean next() {
    try {
      return !over && row();
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private boolean row() {
    JsonToken token = json.nextToken();
    if (token == JsonToken.END_ARRAY) {
      over = true;
      return false;
    }
    begin();
    if (token != JsonToken.START_OBJECT) {
      throw refused(place(), OBJECT);
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      Optional<CandleColumn> column = column(json.currentName());
      JsonToken value = json.nextToken();
      if (column.isEmpty()) {
        json.skipChildren();
      } else {
        take(column.get(), value);
      }
    }
    end();
    return true;
  }

  private void take(CandleColumn column, JsonToken value) {
    boolean number = value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT;
    if (number && column != CandleColumn.TIME) {
      fill(column, json.getDoubleValue());
    } else if (number || value == JsonToken.VALUE_STRING) {
      fill(column, json.getString());
    } else if (value == JsonToken.VALUE_NULL) {
      fill(column, "null");
    } else {
      throw refused(place() + "." + json.currentName(), "a number or a text");
    }
  }

  private Refusal refused(String place, String expected) {
    String given = json.currentToken() == null ? "nothing" : String.valueOf(json.getString());
    return new Refusal(
            ErrorCode.VALIDATION_ERROR,
            place + ": " + GivenText.shown(given) + " (expected: " + expected + ")")
        .ofField(place);
  }

  private static Refusal malformed(JacksonException cause) {
    TokenStreamLocation at = cause.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new Refusal(ErrorCode.MALFORMED_BODY, "the candles are not JSON" + where, cause);
  }

  @Override
  protected String place() {
    return "candles[" + index() + "]";
  }
}
