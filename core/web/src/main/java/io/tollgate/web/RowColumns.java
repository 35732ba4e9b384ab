package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The columns of a list, as the record says that its rows are of: their names on the wire, their
 * lines of CSV, and their orders. Immutable.
 */
public final class RowColumns {
  private static final Pattern CAPITAL = Pattern.compile("([A-Z])");

  private final List<Column> columns;

  private RowColumns(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Those of a record. */
  public static RowColumns of(Class<? extends Record> row) {
    return new RowColumns(
        Arrays.stream(requireNonNull(row.getRecordComponents(), "row is no record"))
            .map(
                component ->
                    new Column(
                        inSnakeCase(component.getName()),
                        isSingle(component),
                        component.getType() == Instant.class))
            .toList());
  }

  /** The names of the columns, as the first line of a file. */
  public String head() {
    return CsvLine.head(columns.stream().map(Column::name).toList());
  }

  /**
   * A row as a line of a file: decimals with all their digits, times as they are on the wire, what
   * has parts as JSON.
   */
  public String line(Object row) {
    JsonNode shown = Json.MAPPER.valueToTree(row);
    return CsvLine.ofValues(columns.stream().map(column -> cell(shown, column)).toArray());
  }

  /**
   * The order that is asked for: a column's name, with a minus before it the other way around. What
   * a row has nothing of comes last both ways.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is no such column, or it
   *     has parts
   */
  public Comparator<Object> order(String sort) {
    boolean descending = sort.startsWith("-");
    String name = descending ? sort.substring(1) : sort;
    Column column =
        columns.stream()
            .filter(each -> each.single() && each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> GivenText.refused("sort", sort, "one of " + sortable()));
    Comparator<JsonNode> values = (one, other) -> compare(column, one, other);
    Comparator<JsonNode> order = descending ? values.reversed() : values;
    Comparator<Optional<JsonNode>> present =
        (one, other) ->
            one.isEmpty() || other.isEmpty()
                ? Boolean.compare(one.isEmpty(), other.isEmpty())
                : order.compare(one.get(), other.get());
    return Comparator.comparing(row -> value(Json.MAPPER.valueToTree(row), column), present);
  }

  private String sortable() {
    return String.join(", ", columns.stream().filter(Column::single).map(Column::name).toList());
  }

  private static Optional<JsonNode> value(JsonNode row, Column column) {
    return Optional.ofNullable(row.get(column.name())).filter(node -> !node.isNull());
  }

  private static Object cell(JsonNode row, Column column) {
    return value(row, column)
        .<Object>map(
            node ->
                node.isNumber()
                    ? node.decimalValue()
                    : node.isString() ? node.stringValue() : node.toString())
        .orElse("");
  }

  private static int compare(Column column, JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    if (one.isBoolean() && other.isBoolean()) {
      return Boolean.compare(one.booleanValue(), other.booleanValue());
    }
    String text = one.asString();
    String others = other.asString();
    if (column.time()) {
      return Instant.parse(text).compareTo(Instant.parse(others));
    }
    int folded = String.CASE_INSENSITIVE_ORDER.compare(text, others);
    return folded == 0 ? text.compareTo(others) : folded;
  }

  /** As {@link Json} writes it. */
  private static String inSnakeCase(String name) {
    return CAPITAL.matcher(name).replaceAll("_$1").toLowerCase(Locale.ROOT);
  }

  /** What has parts has no order; ids and amounts are numbers on the wire. */
  private static boolean isSingle(RecordComponent component) {
    Class<?> type = component.getType();
    boolean ofOurs = type.getPackageName().equals("io.tollgate.ground");
    return !Collection.class.isAssignableFrom(type)
        && !Map.class.isAssignableFrom(type)
        && !JsonNode.class.isAssignableFrom(type)
        && type != Object.class
        && (!type.isRecord() || ofOurs);
  }

  /**
   * A column.
   *
   * @param single whether it is one value, and not many
   * @param time whether it is a moment
   */
  private record Column(String name, boolean single, boolean time) {}
}
