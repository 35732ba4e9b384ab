package io.tollgate.billing.internal.sheets;

import io.tollgate.billing.internal.prices.PriceListReader;
import io.tollgate.billing.internal.prices.SoldModel;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.JSONB;
import tools.jackson.databind.json.JsonMapper;

/** Sheets as the table keeps them: a row of a price list in JSON, its decimals as texts. */
final class SheetText {
  private static final JsonMapper JSON = JsonMapper.shared();

  private SheetText() {}

  static JSONB write(SoldModel sold) {
    return JSONB.valueOf(JSON.writeValueAsString(texts(PriceForm.row(sold.model(), sold.cost()))));
  }

  static SoldModel read(long id, JSONB sheet) {
    return PriceListReader.readModel(
        "price sheet " + id, sheet.data().getBytes(StandardCharsets.UTF_8), LocalDate.EPOCH);
  }

  /** The same with numbers as plain texts: no reader makes anything else of them. */
  private static Object texts(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toPlainString();
      case Long number -> number.toString();
      case Map<?, ?> map -> {
        Map<String, Object> written = new LinkedHashMap<>();
        map.forEach((key, each) -> written.put(String.valueOf(key), texts(each)));
        yield written;
      }
      case List<?> list -> list.stream().map(SheetText::texts).toList();
      default -> value;
    };
  }
}
