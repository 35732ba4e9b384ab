package io.tollgate.edge.admin;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the body of a price sheet as price lists are read: decimals plain, as they were given. */
final class PriceSheetBody {
  private static final int MAX_SCALE = 64;
  private static final JsonMapper JSON = JsonMapper.shared();

  private PriceSheetBody() {}

  /** The row as a text; numbers become texts, and what is null is left out. */
  static String text(ObjectNode row) {
    return JSON.writeValueAsString(plain(row));
  }

  private static JsonNode plain(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode written = object.objectNode();
      for (var field : object.properties()) {
        if (!field.getValue().isNull()) {
          var _ = written.set(field.getKey(), plain(field.getValue()));
        }
      }
      return written;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode written = array.arrayNode();
      array.forEach(each -> written.add(plain(each)));
      return written;
    }
    if (node.isNumber()) {
      var number = node.decimalValue();
      // an exponent that is written out would have no end; its reader refuses it as it stands
      return Math.abs((long) number.scale()) <= MAX_SCALE
          ? JSON.getNodeFactory().stringNode(number.toPlainString())
          : JSON.getNodeFactory().stringNode(number.toString());
    }
    return node;
  }
}
